using System.Text.Json;
using NLog;
using NLog.Targets;
using NLog.Targets.Wrappers;
using Vedette.Server.Observability;
using Vedette.Server.Settings;

namespace Vedette.Server.Tests.Observability;

public sealed class LogSetupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-log").FullName;

    [Fact]
    [Trait("Row", "B8")]
    public void AFileADayIsWrittenAndThirtyAreKept()
    {
        var wrapper = (AsyncTargetWrapper)LogSetup.Describe(new LoggingOptions(), _folder).FindTargetByName("file-async")!;
        var file = (FileTarget)wrapper.WrappedTarget!;
        Assert.Equal(FileArchivePeriod.Day, file.ArchiveEvery);
        Assert.Equal(30, file.MaxArchiveFiles);
    }

    [Fact]
    [Trait("Row", "B8")]
    public void EveryEventIsOneLineOfJsonWhateverItSays()
    {
        using (var factory = new LogFactory { Configuration = LogSetup.Describe(new LoggingOptions(), _folder) })
        {
            factory.GetLogger("test").Info("One line\n{\"level\":\"error\",\"message\":\"forged\"}");
            factory.GetLogger("test").Debug("Below the level that is written.");
            factory.Flush();
        }
        string line = Assert.Single(File.ReadAllLines(Path.Combine(_folder, "logs", "vedette.log")));
        using JsonDocument written = JsonDocument.Parse(line);
        Assert.Equal("info", written.RootElement.GetProperty("level").GetString());
        Assert.Contains("forged", written.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The library that writes would only keep quiet.</summary>
    [Fact]
    public void AFileThatCannotBeWrittenIsAWrongSetting()
    {
        string file = Path.Combine(_folder, "a-file");
        File.WriteAllText(file, "");
        var wrong = Assert.Throws<SettingsException>(() => LogSetup.Describe(new LoggingOptions { File = Path.Combine(file, "vedette.log") }, _folder));
        Assert.Contains("Logging:File", wrong.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
