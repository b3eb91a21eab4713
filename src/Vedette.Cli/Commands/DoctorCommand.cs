using System.CommandLine;
using Vedette.Server.Diagnosis;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette doctor</c>: checks what a server needs, and says what to do about what is wrong.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "Folder of the embedded store. Default: ./data." };
        var config = ConfigOption.Create();
        var command = new Command("doctor", "Check settings, store, port, disk, clock and versions, and say what to do.") { data, config };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var given = new Dictionary<string, string>();
            if (parsed.GetValue(data) is { } folder) given["Storage:Url"] = StorageOptions.UrlOf(folder);
            return await RunAsync(new SettingsSources { File = parsed.GetValue(config), HonorsShortNames = true, CommandLine = given }, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(SettingsSources sources, CancellationToken cancellationToken)
    {
        IReadOnlyList<Finding> findings = await Doctor.ExamineAsync(sources, cancellationToken);
        foreach (Finding finding in findings)
        {
            Console.Out.WriteLine($"{finding.Verdict switch { Verdict.Good => "ok  ", Verdict.Doubtful => "warn", _ => "FAIL" }}  {finding.Subject,-10} {finding.Text}");
            if (finding.Advice is not null) Console.Out.WriteLine($"      {"",-10} {finding.Advice}");
        }
        return findings.Any(static finding => finding.Verdict == Verdict.Bad) ? ExitCode.Failure : ExitCode.Done;
    }
}
