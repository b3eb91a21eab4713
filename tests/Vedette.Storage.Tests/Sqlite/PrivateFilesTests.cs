namespace Vedette.Storage.Tests.Sqlite;

public sealed class PrivateFilesTests
{
    /// <summary>Who may read the folder is its maker's business; who sends what and the hashes of keys are the owner's alone.</summary>
    [Fact]
    public async Task FilesInAFolderThatOthersMayReadAreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = new TestFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        await using (Store store = StoreFactory.Create(new StorageOptions { Url = "sqlite:" + folder.Path }, TimeProvider.System))
        {
            await store.Control.OpenAsync(TestContext.Current.CancellationToken);
            await store.Events.OpenAsync(TestContext.Current.CancellationToken);
            await store.Events.AppendAsync(new SampleEvent(DateTimeOffset.UnixEpoch));
            string[] files = Directory.GetFiles(folder.Path, "*.db*");
            Assert.Contains(files, static file => Path.GetFileName(file).StartsWith("events-", StringComparison.Ordinal));
            foreach (string file in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }
}
