using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Parsing;
using Vedette.Engine.Sources;

namespace Vedette.Engine.Tests.Sources;

public sealed class FileSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void RotatedFilesAreReadOldestFirst()
    {
        string newest = _folder.Write("access.log", TemporaryFolder.Line(300, "/3"));
        string middle = _folder.Write("access.log.1", TemporaryFolder.Line(200, "/2"));
        string oldest = _folder.Write("access.log.2.gz", TemporaryFolder.Gzip(TemporaryFolder.Line(100, "/1")));
        using var source = FileSource.Open(newest, middle, oldest);
        Assert.False(source.IsMerged);
        Assert.Equal(["2:/1", "1:/2", "0:/3"], Paths(source));
    }

    [Fact]
    public void FilesThatOverlapAreMergedByTime()
    {
        string a = _folder.Write("web1.log", TemporaryFolder.Line(100, "/1") + TemporaryFolder.Line(300, "/3") + TemporaryFolder.Line(500, "/5") + "rubbish\n");
        string b = _folder.Write("web2.log", TemporaryFolder.Line(200, "/2") + TemporaryFolder.Line(400, "/4") + TemporaryFolder.Line(600, "/6"));
        using var source = FileSource.Open(b, a);
        Assert.True(source.IsMerged);
        Assert.Equal(["1:/1", "0:/2", "1:/3", "0:/4", "1:/5", "0:/6"], Paths(source, out LogParser parser));
        Assert.Equal((6, 1), (parser.Counts.Events, parser.Counts.Failures));
    }

    [Fact]
    public void MergedEventsKeepAllTheirText()
    {
        string a = _folder.Write("web1.log", TemporaryFolder.Line(100, "/1?q=1") + TemporaryFolder.Line(900, "/3"));
        string b = _folder.Write("web2.log", TemporaryFolder.Line(200, "/2"));
        using var source = FileSource.Open(a, b);
        var batch = new EventBatch();
        Assert.True(source.Read(batch));
        HttpEvent first = batch.Events[0];
        Assert.Equal("/1", Encoding.UTF8.GetString(batch[first.Path]));
        Assert.Equal("q=1", Encoding.UTF8.GetString(batch[first.Query]));
        Assert.Equal("say \"hi\"", Encoding.UTF8.GetString(batch[first.UserAgent]));
        Assert.StartsWith("203.0.113.9 - - [", Encoding.UTF8.GetString(batch[first.Raw]), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryTextOfAnEventIsCopied()
    {
        var from = new EventBatch();
        from.AddEvent().Raw = from.Append("raw"u8);
        object boxed = from.Events[0];
        foreach (var field in typeof(HttpEvent).GetFields().Where(field => field.FieldType == typeof(Utf8Slice) && field.Name != "Raw"))
            field.SetValue(boxed, from.Append(Encoding.UTF8.GetBytes(field.Name)));
        var to = new EventBatch();
        to.Append("something else"u8);
        EventCopy.Add(to, from, (HttpEvent)boxed);
        object copy = to.Events[0];
        foreach (var field in typeof(HttpEvent).GetFields().Where(field => field.FieldType == typeof(Utf8Slice)))
            Assert.Equal(field.Name == "Raw" ? "raw" : field.Name, Encoding.UTF8.GetString(to[(Utf8Slice)field.GetValue(copy)!]));
    }

    [Fact]
    public void ACutOffGzipFileGivesWhatIsThereAndAWarning()
    {
        var random = new Random(11);
        byte[] whole = TemporaryFolder.Gzip(string.Concat(Enumerable.Range(0, 5000).Select(i => TemporaryFolder.Line(i, $"/{random.Next()}"))));
        using var source = FileSource.Open(_folder.Write("cut.log.gz", whole[..(whole.Length / 2)]));
        Assert.InRange(Paths(source).Count, 1000, 4999);
        Assert.Contains("cut off", Assert.Single(source.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Utf16IsReadLikeUtf8()
    {
        byte[] utf16 = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(TemporaryFolder.Line(1, "/caf\u00e9"))];
        using var source = FileSource.Open(_folder.Write("windows.log", utf16));
        Assert.Equal(["0:/caf\u00e9"], Paths(source));
    }

    [Fact]
    public void OtherCompressionsAreRefusedByName()
    {
        string path = _folder.Write("a.log.zst", [0x28, 0xB5, 0x2F, 0xFD, 0, 0]);
        Assert.Contains("zstd", Assert.Throws<InvalidDataException>(() => FileSource.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesOfDifferentFormatsAreEachReadInTheirOwn()
    {
        string a = _folder.Write("a.log", TemporaryFolder.Line(100, "/1"));
        string b = _folder.Write("b.log", """{"timestamp":"2024-10-11T00:00:00Z","method":"GET","path":"/2","status":200}""");
        using var source = FileSource.Open(a, b);
        Assert.Equal(["combined", "json"], source.DetectedFormats.Select(formats => formats[0].Name));
        Assert.Equal(["0:/1", "1:/2"], Paths(source));
    }

    [Fact]
    public void AMissingFileIsAnIOException() => Assert.Throws<FileNotFoundException>(() => FileSource.Open(_folder["none.log"]));

    public void Dispose() => _folder.Dispose();

    private static List<string> Paths(FileSource source) => Paths(source, out _);

    private static List<string> Paths(FileSource source, out LogParser parser)
    {
        parser = source.CreateParser(null);
        var batch = new EventBatch();
        var paths = new List<string>();
        while (source.Read(batch))
        {
            parser.Parse(batch);
            foreach (HttpEvent e in batch.Events) paths.Add($"{e.Source}:{Encoding.UTF8.GetString(batch[e.Path])}");
        }
        return paths;
    }
}
