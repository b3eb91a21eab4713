using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Sources;

namespace Vedette.Engine.Tests.Sources;

public sealed class TailSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EventBatch _batch = new();

    [Fact]
    public void OnlyWhatIsNewIsReadUnlessAskedFromTheStart()
    {
        string path = _folder.Write("a.log", "old\n");
        using var fromEnd = new TailSource([path]);
        using var fromStart = new TailSource([path], fromStart: true);
        Assert.Empty(Lines(fromEnd));
        Assert.Equal(["old"], Lines(fromStart));
        File.AppendAllText(path, "new\n");
        Assert.Equal(["new"], Lines(fromEnd));
        Assert.Equal(["new"], Lines(fromStart));
    }

    [Fact]
    public void AnUnfinishedLineWaits()
    {
        string path = _folder.Write("a.log", "half");
        using var source = new TailSource([path]);
        Assert.Empty(Lines(source));
        File.AppendAllText(path, " a line\nnext");
        Assert.Equal(["half a line"], Lines(source));
    }

    [Fact]
    public void ARenamedFileIsReadToItsEndBeforeTheNewOne()
    {
        string path = _folder.Write("a.log", "first line of the old file\n");
        using var source = new TailSource([path], fromStart: true);
        Assert.Single(Lines(source));
        File.AppendAllText(path, "late\nunfinished");
        File.Move(path, _folder["a.log.1"]);
        File.WriteAllText(path, "first line of the new file\n");
        Assert.Equal(["late", "unfinished", "first line of the new file"], Lines(source));
    }

    [Fact]
    public void FollowingGoesOnBehindTheLastWholeLineThatWasHandedOut()
    {
        string path = _folder.Write("a.log", "one\ntwo\nthr");
        FilePosition? position;
        using (var source = new TailSource([path], fromStart: true))
        {
            Assert.Equal(["one", "two"], Lines(source));
            position = source.PositionOf(0);
        }
        Assert.Equal(8, position!.Offset);
        File.AppendAllText(path, "ee\nfour\n");
        using var later = new TailSource([path], resume: new Dictionary<string, FilePosition> { [path] = position });
        Assert.Equal(["three", "four"], Lines(later));
        Assert.Empty(later.Warnings);
    }

    [Fact]
    public void AFileThatTookThePlaceOfTheFollowedOneIsReadFromItsStartWithAWarning()
    {
        string path = _folder.Write("a.log", "another file\n");
        using var source = new TailSource([path], resume: new Dictionary<string, FilePosition> { [path] = new("6f6e650a", 4) });
        Assert.Equal(["another file"], Lines(source));
        Assert.Contains("from its start", Assert.Single(source.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatReplacesAnEmptyOneIsNoticed()
    {
        string path = _folder.Write("a.log", "");
        using var source = new TailSource([path], fromStart: true);
        Assert.Empty(Lines(source));
        File.Move(path, _folder["a.log.1"]);
        File.WriteAllText(path, "new\n");
        Assert.Equal(["new"], Lines(source));
    }

    [Fact]
    public void ATruncatedFileIsReadFromItsStart()
    {
        string path = _folder.Write("a.log", "something long enough\n");
        using var source = new TailSource([path], fromStart: true);
        Assert.Single(Lines(source));
        File.WriteAllText(path, "short\n");
        Assert.Equal(["short"], Lines(source));
    }

    [Fact]
    public void AFileThatComesLaterIsReadInFull()
    {
        using var source = new TailSource([_folder["later.log"]]);
        Assert.Empty(Lines(source));
        _folder.Write("later.log", "here\n");
        Assert.Equal(["here"], Lines(source));
    }

    [Fact]
    public void WaitingCanBeCancelled()
    {
        using var source = new TailSource([_folder["never.log"]]);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => source.Read(_batch, cancelled.Token));
    }

    public void Dispose() => _folder.Dispose();

    private List<string> Lines(TailSource source)
    {
        var lines = new List<string>();
        while (source.ReadAvailable(_batch))
            foreach (LineSpan line in _batch.Lines) lines.Add(Encoding.UTF8.GetString(_batch[line.Text]));
        return lines;
    }
}
