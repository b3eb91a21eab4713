using System.Globalization;
using Vedette.Lab.Apis;
using Vedette.Lab.Clients;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>Divides the attack requests among campaigns, and each campaign among sources and time.</summary>
internal sealed class CampaignPlanner(World world)
{
    private const int RequestsPerCampaign = 350;
    private const int LeastRequests = 12;

    private RandomSource Random => world.Random;

    /// <summary>Adds campaigns that together send <paramref name="budget"/> requests.</summary>
    public void Plan(int budget)
    {
        var profiles = AttackProfile.All.Where(p => world.Options.Types is null || world.Options.Types.Contains(p.Type)).ToArray();
        if (profiles.Length == 0 || budget == 0) return;
        var intensities = Enum.GetValues<Intensity>().Where(v => world.Options.Intensities is null || world.Options.Intensities.Contains(v)).ToArray();
        int wanted = world.Options.Campaigns ?? Math.Max(budget / RequestsPerCampaign, profiles.Length * intensities.Length);
        int count = Math.Clamp(wanted, 1, Math.Max(1, budget / LeastRequests));
        var drafts = Draft(profiles, intensities, count);
        double total = drafts.Sum(d => d.Weight);
        double spare = budget - (double)count * Math.Min(LeastRequests, budget / count);
        double due = 0;
        int given = 0;
        foreach (var (profile, intensity, weight) in drafts)
        {
            due += Math.Min(LeastRequests, budget / count) + spare * weight / total;
            int requests = Math.Max(1, (int)Math.Round(due) - given);
            given += requests;
            Start(profile, intensity, requests);
        }
    }

    /// <summary>Adds every scenario of the OWASP list at every intensity, together about <paramref name="budget"/> requests.</summary>
    public void PlanOwasp(int budget)
    {
        var intensities = Enum.GetValues<Intensity>().Where(v => world.Options.Intensities is null || world.Options.Intensities.Contains(v)).ToArray();
        int requests = Math.Max(LeastRequests, budget / (OwaspScenario.All.Count * intensities.Length));
        foreach (var scenario in OwaspScenario.All)
        {
            var profile = AttackProfile.All.Single(p => p.Type == scenario.Type) with { Create = scenario.Create };
            foreach (var intensity in intensities) Start(profile, intensity, requests, scenario.Name);
        }
    }

    // Types and intensities are dealt like cards, so a short run still holds as many kinds as it can.
    private List<(AttackProfile Profile, Intensity Intensity, double Weight)> Draft(AttackProfile[] profiles, Intensity[] intensities, int count)
    {
        var deck = profiles.SelectMany(p => intensities.Select(i => (Profile: p, Intensity: i))).ToArray();
        var drafts = new List<(AttackProfile, Intensity, double)>(count);
        while (drafts.Count < count)
        {
            Random.Shuffle(deck.AsSpan());
            foreach (var (profile, intensity) in deck.Take(count - drafts.Count))
                drafts.Add((profile, intensity, Random.LogNormal(profile.Requests, 0.6)));
        }
        return drafts;
    }

    private void Start(AttackProfile profile, Intensity intensity, int requests, string? scenario = null)
    {
        var script = profile.Create(world, intensity);
        var campaign = new Campaign
        {
            Truth = world.Declare(profile.Type, scenario ?? script.Scenario, intensity),
            Profile = profile,
            Budget = requests,
            CoverShare = Math.Min(0.8, profile.CoverShare(intensity) * Random.Uniform(0.6, 1.5)),
        };
        int most = Math.Max(1, requests / (profile.SourceCount(intensity) > 20 ? 3 : 6));
        int sources = Math.Clamp((int)Math.Round(Random.LogNormal(profile.SourceCount(intensity), profile.SourceCount(intensity) == 1 ? 0.1 : 0.4)), 1, most);
        var (start, end) = Span(profile.Gap(intensity) * Random.LogNormal(1, 0.4) * requests / sources);
        var visits = CreateVisits(script, intensity, sources);
        int given = 0;
        for (int i = 0; i < sources; i++)
        {
            int share = (int)((long)requests * (i + 1) / sources) - given;
            given += share;
            long first = start + (i == 0 ? 0 : (long)((end - start) * Random.Uniform(0, sources > 10 ? 0.7 : 0.2)));
            long last = i == 0 ? end : first + (long)((end - first) * Random.Uniform(0.6, 1));
            world.Actors.Add(new AttackSource(campaign, script, visits[i], (first, last), share, world));
        }
    }

    private (long Start, long End) Span(double seconds)
    {
        long from = world.StartMicros + (long)world.Options.CleanLead.TotalMicroseconds;
        long available = world.EndMicros - from;
        long length = Math.Min((long)(seconds * 1e6), (long)(available * Random.Uniform(0.6, 0.9)));
        long start = from + (long)((available - length) * Random.Uniform());
        return (start, Math.Min(start + length, world.EndMicros - 1));
    }

    private Visit[] CreateVisits(AttackScript script, Intensity intensity, int sources)
    {
        string first = Addresses.IPv4(Random);
        bool isRentedRange = intensity == Intensity.Easy || (intensity == Intensity.Medium && Random.Chance(0.4));
        string agent = script.DrawAgent();
        bool sharesAgent = intensity != Intensity.Hard || Random.Chance(0.3);
        var visits = new Visit[sources];
        for (int i = 0; i < sources; i++)
        {
            string address = i == 0 ? first : isRentedRange ? Addresses.Near(Random, first) : Random.Chance(0.12) ? Addresses.WithSuffix(Addresses.IPv6Prefix(Random), Random) : Addresses.IPv4(Random);
            visits[i] = new Visit(world.NewClient(address), world.Api, Random)
            {
                UserAgent = sharesAgent ? agent : script.DrawAgent(),
                Session = intensity == Intensity.Easy && !script.NeedsSignIn ? null : Random.NextUInt64().ToString("x16", CultureInfo.InvariantCulture),
                Referer = intensity != Intensity.Easy && Random.Chance(0.5) ? $"https://{world.Api.Host}/" : "",
            };
        }
        return visits;
    }
}
