using Vedette.Lab.Apis;
using Vedette.Lab.Clients;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Attacks;

internal enum LoginPlan
{
    /// <summary>Many passwords, one account or a few.</summary>
    BruteForce,

    /// <summary>A few passwords, every account.</summary>
    Spraying,

    /// <summary>A leaked list of accounts with their passwords elsewhere, each tried once.</summary>
    Stuffing,
}

/// <summary>Guesses passwords.</summary>
internal sealed class LoginScript : AttackScript
{
    private readonly LoginPlan _plan;
    private readonly string[] _accounts;
    private readonly double _successRate;
    private int _tried;

    public LoginScript(World world, Intensity intensity, LoginPlan plan)
        : base(world, intensity)
    {
        _plan = plan;
        int count = plan switch { LoginPlan.BruteForce => Random.Between(1, 3), LoginPlan.Spraying => Random.Between(40, 400), _ => Random.Between(800, 4000) };
        // A leaked list is from elsewhere: most of its accounts do not exist here.
        double knownShare = plan == LoginPlan.Stuffing ? Random.Uniform(0.05, 0.4) : 0.95;
        _accounts = new string[count];
        for (int i = 0; i < count; i++)
        {
            _accounts[i] = Random.Chance(knownShare)
                ? World.Population[Random.Next(World.Population.Count)].UserName
                : PersonName.Draw(Random, allowsAwkward: false).UserName;
        }
        if (plan == LoginPlan.Stuffing && Random.Chance(0.4)) Array.Sort(_accounts, StringComparer.Ordinal);
        _successRate = plan switch { LoginPlan.Stuffing => Random.Uniform(0.001, 0.02), LoginPlan.Spraying => Random.Uniform(0, 0.01), _ => Random.Chance(0.3) ? 0.002 : 0 };
    }

    public override string Scenario => _plan.ToString().ToLowerInvariant();

    public override Route? Write(AttackSource source, ref TrafficEvent request)
    {
        var login = Api.Login;
        string account = _accounts[_tried++ % _accounts.Length];
        source.Aim(account);
        WriteSignIn(ref request, source.Visit, account);
        bool succeeds = Random.Chance(_successRate);
        request.Status = succeeds ? login.Success : Refusal(source);
        return login;
    }

    // Fast guessing runs into a limit now and then.
    private short Refusal(AttackSource source)
    {
        bool isLimited = Intensity == Intensity.Easy && source.Sent > 60 && Random.Chance(0.25);
        return isLimited ? (short)429 : Api.Habits.LoginFailure;
    }
}
