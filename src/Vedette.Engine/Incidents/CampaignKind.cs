using Vedette.Engine.Detection;

namespace Vedette.Engine.Incidents;

/// <summary>What a caller is after. Findings of one kind about one caller are one incident.</summary>
internal enum CampaignKind : byte
{
    /// <summary>Looking for a weakness: payloads, scans, guesses of paths and parameters.</summary>
    Probing,

    /// <summary>Getting into accounts.</summary>
    Login,

    /// <summary>Taking data, or using the service to excess.</summary>
    Collecting,

    /// <summary>Odd, without a name.</summary>
    Odd,

    /// <summary>The service's own health; each type is a matter of its own.</summary>
    Latency,
    Errors,
    Traffic,
    Failure,
}

/// <summary>Which campaign a type belongs to.</summary>
internal static class CampaignKinds
{
    public static CampaignKind Of(IncidentType type) => type switch
    {
        IncidentType.Scanner or IncidentType.EndpointEnumeration or IncidentType.ParameterFuzzing => CampaignKind.Probing,
        _ when type.IsPayload() => CampaignKind.Probing,
        _ when type.IsLogin() => CampaignKind.Login,
        IncidentType.DataScraping or IncidentType.DataExfiltration or IncidentType.ObjectEnumeration or IncidentType.RateAbuse
            or IncidentType.ResourceExhaustion or IncidentType.Bot => CampaignKind.Collecting,
        IncidentType.LatencySpike => CampaignKind.Latency,
        IncidentType.ErrorSpike => CampaignKind.Errors,
        IncidentType.TrafficSpike or IncidentType.TrafficDrop => CampaignKind.Traffic,
        IncidentType.FailurePredicted => CampaignKind.Failure,
        _ => CampaignKind.Odd,
    };
}
