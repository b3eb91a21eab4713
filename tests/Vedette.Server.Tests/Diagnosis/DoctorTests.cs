using System.Collections;
using Vedette.Server.Diagnosis;
using Vedette.Server.Settings;
using Vedette.Storage;
using Vedette.Storage.Control;

namespace Vedette.Server.Tests.Diagnosis;

/// <summary>The doctor looks and tells; it makes and changes nothing.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-doctor").FullName;

    private string Data => Path.Combine(_folder, "not", "there", "yet");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AFolderThatIsMissingIsToldAndNotMade()
    {
        IReadOnlyList<Finding> findings = await ExamineAsync("sqlite:" + Data);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
        Assert.Contains("is not there yet", Of(findings, "disk").Text, StringComparison.Ordinal);
        Assert.Contains("has no store yet", Of(findings, "store").Text, StringComparison.Ordinal);
        Assert.DoesNotContain(findings, static finding => finding.Verdict == Verdict.Bad);
    }

    [Fact]
    public async Task AFolderThatCannotBeMadeIsAFault()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "not"), "a file");
        Finding disk = Of(await ExamineAsync("sqlite:" + Data), "disk");
        Assert.Equal(Verdict.Bad, disk.Verdict);
        Assert.Contains("is a file", disk.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderThatNoModelCouldBeKeptInIsTold()
    {
        string file = Path.Combine(_folder, "models");
        await File.WriteAllTextAsync(file, "a file");
        var sources = new SettingsSources { UsesWorkingDirectory = false, Environment = new Dictionary<string, string> { ["MODEL_DIR"] = file, ["PORT"] = "0" }, HonorsShortNames = true, CommandLine = new Dictionary<string, string> { ["Storage:Url"] = "sqlite:" + Data } };
        Finding models = Of(await Doctor.ExamineAsync(sources, TestContext.Current.CancellationToken), "models");
        Assert.Equal(Verdict.Doubtful, models.Verdict);
        Assert.Contains("cannot be written", models.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStoreIsReadAndLeftAsItIs()
    {
        Directory.CreateDirectory(Data);
        await using (Store store = StoreFactory.Create(new StorageOptions { Url = "sqlite:" + Data }, TimeProvider.System))
        {
            await store.Control.OpenAsync(default);
            await store.Control.SaveKeyAsync(new KeyRecord("k1", "ci", "ingest", [1], DateTimeOffset.UnixEpoch, null, null), default);
        }
        string[] before = [.. Directory.EnumerateFileSystemEntries(Data)];
        IReadOnlyList<Finding> findings = await ExamineAsync("sqlite:" + Data);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(Data));
        Assert.Contains("can be read", Of(findings, "store").Text, StringComparison.Ordinal);
        Assert.Contains("1 keys", Of(findings, "access").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatIsNoStoreIsAFault()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "vedette.db"), new string('x', 5000));
        Finding store = Of(await ExamineAsync("sqlite:" + Data), "store");
        Assert.Equal(Verdict.Bad, store.Verdict);
        Assert.Contains("damaged", store.Text, StringComparison.Ordinal);
    }

    private static Finding Of(IReadOnlyList<Finding> findings, string subject) => findings.Single(finding => finding.Subject == subject);

    private static Task<IReadOnlyList<Finding>> ExamineAsync(string url) =>
        Doctor.ExamineAsync(new SettingsSources { UsesWorkingDirectory = false, Environment = new Hashtable(), CommandLine = new Dictionary<string, string> { ["Storage:Url"] = url, ["Server:Port"] = "0" } }, default);
}
