using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;

namespace Vedette.Engine.Tests.Incidents;

public sealed class TaxonomyTests
{
    public static TheoryData<IncidentType> Types => [.. Enum.GetValues<IncidentType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void IdsAreWellFormed(IncidentType type)
    {
        Assert.All(Taxonomy.OwaspApi(type), static id => Assert.Matches("^API([1-9]|10):2023$", id));
        Assert.All(Taxonomy.MitreAttack(type), static id => Assert.Matches(@"^T\d{4}(\.\d{3})?$", id));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void WhateverSomebodyDoesHasAPlaceInTheTopTen(IncidentType type)
    {
        if (!type.IsOperational()) Assert.NotEmpty(Taxonomy.OwaspApi(type));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void PayloadsAndLoginAttacksAreAttackTechniques(IncidentType type)
    {
        if (type.IsPayload() || type.IsLogin()) Assert.NotEmpty(Taxonomy.MitreAttack(type));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void NamesAreReadBack(IncidentType type)
    {
        Assert.Matches("^[a-z0-9]+(_[a-z0-9]+)*$", type.Name());
        Assert.True(IncidentTypes.TryParse(type.Name(), out IncidentType read));
        Assert.Equal(type, read);
    }

    [Fact]
    public void TheTypesAreThoseOfTheContract()
    {
        const string contract = "sql_injection xss path_traversal file_inclusion command_injection template_injection ldap_injection nosql_injection xxe ssrf log4shell http_smuggling crlf_injection scanner brute_force "
            + "password_spraying credential_stuffing account_takeover data_scraping data_exfiltration endpoint_enumeration object_enumeration parameter_fuzzing rate_abuse resource_exhaustion bot sequence_anomaly "
            + "behavior_anomaly latency_spike error_spike traffic_spike traffic_drop failure_predicted";
        Assert.Equal(contract.Split(' '), Enum.GetValues<IncidentType>().Select(static type => type.Name()));
        Assert.Equal(IncidentTypes.Count, Enum.GetValues<IncidentType>().Length);
        Assert.False(IncidentTypes.TryParse("no_such_type", out _));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryTypeHasACampaign(IncidentType type)
    {
        bool isOdd = type is IncidentType.SequenceAnomaly or IncidentType.BehaviorAnomaly;
        Assert.Equal(isOdd, CampaignKinds.Of(type) == CampaignKind.Odd);
    }
}
