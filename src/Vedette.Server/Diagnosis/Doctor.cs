using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Vedette.Engine.Learning;
using Vedette.Engine.Risk;
using Vedette.Server.Alerts;
using Vedette.Server.Background;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Server.Diagnosis;

/// <summary>Looks at everything a server needs before it is started.</summary>
public static class Doctor
{
    private const long LittleSpace = 1L << 30;

    private static readonly DateTimeOffset BuiltAfter = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Looks at everything and changes nothing: what is missing is told, not made.</summary>
    public static async Task<IReadOnlyList<Finding>> ExamineAsync(SettingsSources sources, CancellationToken cancellationToken)
    {
        var findings = new List<Finding> { new(Verdict.Good, "runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors") };
        VedetteSettings settings;
        try
        {
            settings = SettingsLoader.Load(sources);
        }
        catch (SettingsException e)
        {
            findings.AddRange(e.Message.Split(Environment.NewLine).Select(static line => new Finding(Verdict.Bad, "settings", line, "Correct it in the settings file or the environment; docs/settings.md lists all settings.")));
            return findings;
        }
        findings.Add(new Finding(Verdict.Good, "settings", settings.Origins.Count == 0 ? "all defaults" : $"{settings.Origins.Count} set; 'vedette serve --print-config' shows them"));
        findings.AddRange(Keys(settings));
        findings.Add(Port(settings.Server));
        findings.Add(Clock());
        findings.Add(Disk(settings));
        findings.AddRange(await StoreAsync(settings, cancellationToken));
        findings.Add(Models(settings));
        findings.AddRange(Alerts(settings));
        return findings;
    }

    private static IEnumerable<Finding> Keys(VedetteSettings settings)
    {
        if (settings.Access.Token.Length is > 0 and < 20) yield return new Finding(Verdict.Doubtful, "access", "AUTH_TOKEN is short.", "Use at least 20 random characters, for example: openssl rand -hex 24");
        if (settings.Server.Host is not ("127.0.0.1" or "::1" or "localhost"))
            yield return new Finding(Verdict.Doubtful, "access", $"The server listens on {settings.Server.Host}, without encryption of its own.", "Put a proxy with HTTPS in front, and set Proxies:TrustedNetworks to its address.");
    }

    private static Finding Port(ServerOptions options)
    {
        if (options.Port == 0) return new Finding(Verdict.Good, "port", "a free one will be taken");
        try
        {
            IPAddress address = options.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(options.Host);
            using var listener = new TcpListener(address, options.Port);
            listener.Start();
            return new Finding(Verdict.Good, "port", $"{options.Host}:{options.Port} is free");
        }
        catch (SocketException e)
        {
            return new Finding(Verdict.Bad, "port", $"{options.Host}:{options.Port} cannot be used: {e.Message}", "Stop what uses it ('ss -ltnp' shows it), or choose another with --port or --host. A server that runs already is fine.");
        }
    }

    private static Finding Clock()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return now > BuiltAfter ? new Finding(Verdict.Good, "clock", now.ToString("u", CultureInfo.InvariantCulture))
            : new Finding(Verdict.Bad, "clock", $"The clock says {now:u}, before this program was made.", "Set the clock, for example with NTP: keys, sessions and live traffic depend on it.");
    }

    private static Finding Disk(VedetteSettings settings)
    {
        string folder = Path.GetFullPath(settings.DataFolder), existing = FolderLook.NearestExisting(folder);
        if (FolderLook.Problem(existing) is { } problem)
            return new Finding(Verdict.Bad, "disk", $"{folder} cannot be written: {problem}", "Give the user of the server the right to write there, or choose another folder with --data.");
        string state = existing == folder ? "can be written" : "is not there yet; the first start makes it";
        long free = new DriveInfo(existing).AvailableFreeSpace;
        string text = string.Create(CultureInfo.InvariantCulture, $"{folder} {state}; {free / 1e9:0.0} GB free");
        return free >= LittleSpace ? new Finding(Verdict.Good, "disk", text) : new Finding(Verdict.Doubtful, "disk", text, "A million events take about 250 MB: make room, or set Storage:MaxBytes and Storage:MaxAge.");
    }

    private static async Task<IReadOnlyList<Finding>> StoreAsync(VedetteSettings settings, CancellationToken cancellationToken)
    {
        string url = SettingsReport.MaskPassword(settings.Storage.Url);
        if (DataFolderLock.IsTaken(settings)) return [new Finding(Verdict.Good, "store", $"{url} is in use by a running server; GET /status and /health/ready tell how it is")];
        try
        {
            StoreState state = await StoreInspector.LookAsync(settings.Storage, cancellationToken);
            string text = state.Age switch
            {
                StoreAge.Absent => $"{url} has no store yet; the first start makes it ({state.Version})",
                StoreAge.Older => $"{url} was made by an earlier version; the next start brings it up to date ({state.Version})",
                _ => string.Create(CultureInfo.InvariantCulture, $"{url} can be read: {state.Version}, {state.Bytes / 1e6:0.0} MB"),
            };
            string? advice = state.Age == StoreAge.Older ? "Make a backup before: the earlier version cannot read it afterwards." : null;
            var findings = new List<Finding> { new(advice is null ? Verdict.Good : Verdict.Doubtful, "store", text, advice) };
            if (state.Age != StoreAge.Older) findings.Add(KeysIn(state, settings.Access.Token.Length > 0));
            return findings;
        }
        catch (StoreUnavailableException e)
        {
            return [new Finding(Verdict.Bad, "store", $"{url}: {e.Message}", "The server would start and answer 503 until the store is back. Check that it runs, its address, and its user's rights.")];
        }
    }

    private static Finding KeysIn(StoreState state, bool hasToken) => new(Verdict.Good, "access",
        state.Keys > 0 || hasToken ? $"{state.Keys} keys{(hasToken ? " and AUTH_TOKEN" : "")}" : "no keys yet; the first start makes an administrator's key and prints it once");

    /// <summary>Looks at the settings alone: whether messages arrive is tried with <c>POST /api/alerts/test</c>, since it sends some.</summary>
    private static IEnumerable<Finding> Alerts(VedetteSettings settings)
    {
        IReadOnlyList<AlertRoute> routes = AlertRoute.Of(settings.Alerts, TimeProvider.System);
        yield return new Finding(Verdict.Good, "alerts", routes.Count == 0 ? "nobody is told of incidents; docs/alerts.md says how to change that"
            : string.Join(", ", routes.Select(static route => $"{route.Name} from {route.MinLevel.Name()} on")) + "; POST /api/alerts/test sends a test message");
        foreach ((string name, string url) in new[] { ("Slack", settings.Alerts.Slack.Url), ("Webhook", settings.Alerts.Webhook.Url) })
            if (url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !new Uri(url).IsLoopback)
                yield return new Finding(Verdict.Doubtful, "alerts", $"Alerts:{name}:Url is not encrypted.", "Use https: what is sent tells of users and addresses.");
        if (settings.Alerts.Webhook is { Url.Length: > 0, Secret.Length: 0 })
            yield return new Finding(Verdict.Doubtful, "alerts", "Messages to the webhook are not signed.", "Set Alerts:Webhook:Secret, so that the receiver can tell them from forged ones.");
        if (settings.Alerts.Email is { Host.Length: > 0, StartTls: false })
            yield return new Finding(Verdict.Doubtful, "alerts", "E-mail is sent without encryption.", "Set Alerts:Email:StartTls to true if the mail server can.");
        if (routes.Count > 0 && settings.Alerts.DashboardUrl.Length == 0)
            yield return new Finding(Verdict.Doubtful, "alerts", "Messages hold no link.", "Set Alerts:DashboardUrl to the address people reach the dashboard at.");
    }

    private static Finding Models(VedetteSettings settings)
    {
        var directory = new ModelDirectory(settings.Models.Directory.Length > 0 ? settings.Models.Directory : Path.Combine(settings.DataFolder, "models"), settings.Models.Keep);
        if (settings.Models.Directory.Length > 0 && settings.Models.TrainAutomatically && FolderLook.Problem(FolderLook.NearestExisting(directory.Path)) is { } problem)
            return new Finding(Verdict.Doubtful, "models", $"{directory.Path} cannot be written: {problem}", "What is trained could not be kept there: give the user of the server the right to write, choose another Models:Directory, or set Models:TrainAutomatically to false.");
        try
        {
            return directory.LoadActive() is { } models ? new Finding(Verdict.Good, "models", $"{models.Version} with {string.Join(", ", models.Ready)}")
                : new Finding(Verdict.Good, "models", $"none yet; they are trained after {settings.Engine.Learning.WarmupEvents} events, or by 'vedette train'");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new Finding(Verdict.Doubtful, "models", e.Message, "Detection works without; train again, or activate another version with 'vedette models activate'.");
        }
    }
}
