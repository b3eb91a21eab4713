using Vedette.Lab.Apis;
using Vedette.Lab.Clients;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

/// <summary>The way of working of one campaign, shared by its sources.</summary>
internal abstract class AttackScript(World world, Intensity intensity)
{
    protected World World { get; } = world;

    protected Intensity Intensity { get; } = intensity;

    protected RandomSource Random => World.Random;

    protected ApiModel Api => World.Api;

    /// <summary>Variant in a word, for the truth.</summary>
    public abstract string Scenario { get; }

    /// <summary>Whether sources sign in with an account of their own first.</summary>
    public virtual bool NeedsSignIn => false;

    /// <summary>Writes the next request of a source.</summary>
    /// <returns>The route it meets, or null.</returns>
    public abstract Route? Write(AttackSource source, ref TrafficEvent request);

    /// <summary>What a source calls itself: loud attackers a library, quiet ones a browser.</summary>
    public virtual string DrawAgent() => Intensity switch
    {
        Intensity.Easy => UserAgents.Library(Random),
        Intensity.Medium => Random.Chance(0.4) ? UserAgents.Library(Random) : UserAgents.Browser(Random),
        _ => UserAgents.Browser(Random),
    };

    /// <summary>Writes a sign-in to somebody else's account.</summary>
    protected void WriteSignIn(ref TrafficEvent request, Visit visit, string account)
    {
        World.Write(ref request, Api.Login, visit);
        request.User = Api.Habits.LogsLoginNames ? account : null;
        request.Body = request.Body?.Replace(visit.Client.Email, account, StringComparison.Ordinal).Replace(visit.Client.UserName, account, StringComparison.Ordinal);
    }
}
