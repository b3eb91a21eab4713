using Vedette.Cli.Commands;

namespace Vedette.Cli.Tests.Commands;

[Collection(nameof(ConsoleCollection))]
public sealed class KeysCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private string Data => _workspace.PathOf("data");

    /// <summary>A folder that was mistyped is told, not filled with an empty store.</summary>
    [Theory]
    [InlineData("list")]
    [InlineData("rotate", "k1")]
    [InlineData("revoke", "k1")]
    public async Task WhereThereIsNoStoreNoneIsMade(params string[] action)
    {
        (int exit, string output, string error) = await Workspace.CaptureAsync(KeysCommand.Create(), [.. action, "--data", Data]);
        Assert.Equal(ExitCode.Usage, exit);
        Assert.Empty(output);
        Assert.Contains($"There is no store at sqlite:{Data}", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task TheFirstKeyMakesTheStore()
    {
        Assert.Equal(ExitCode.Done, (await Workspace.CaptureAsync(KeysCommand.Create(), "create", "--role", "viewer", "--name", "a screen", "--data", Data)).Exit);
        (int exit, string output, _) = await Workspace.CaptureAsync(KeysCommand.Create(), "list", "--data", Data);
        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("a screen", output, StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();
}
