using System.IO.Compression;
using System.Text;
using Vedette.Engine.Events;
using Vedette.ML;
using Vedette.Training;

namespace Vedette.Engine.Tests.PayloadTraining;

public sealed class PayloadRecordTests
{
    private static readonly PayloadRecord Value = new("a", true, "sqli", "1 OR 'a' < 2", false, "/", null, "", null, null);

    [Fact]
    public void AValueBecomesAQueryAndARequestKeepsItsParts()
    {
        var batch = new EventBatch(1 << 12, 1);
        HttpEvent request = Value.AddTo(batch);
        Assert.Equal("p=1%20OR%20%27a%27%20%3C%202", Encoding.UTF8.GetString(batch[request.Query]));
        request = (Value with { Value = null, Path = "/x", Headers = "User-Agent: curl\nX-A: b\nCookie: c=d\n", Body = "{}" }).AddTo(batch);
        Assert.Equal(("/x", "curl", "c=d", "X-A: b\n", "{}"), (Text(request.Path), Text(request.UserAgent), Text(request.Cookies), Text(request.Headers), Text(request.Body)));

        string Text(Utf8Slice slice) => Encoding.UTF8.GetString(batch[slice]);
    }

    [Fact]
    public void RowsAreReadAndThoseWithTwoLabelsLeftOut()
    {
        string file = Path.GetTempFileName();
        try
        {
            using (var stream = new GZipStream(File.Create(file), CompressionLevel.Fastest))
                stream.Write(Encoding.UTF8.GetBytes("""
                    {"source":"crs","label":"attack","category":"xss","value":"%3Cb%3E","value_form":"urlencoded","orig":{"paranoia_level":3}}
                    {"source":"crs","label":"attack","category":"xss","value":"x","label_conflict":true}
                    {"source":"crs","label":"normal","path":"/a","query":"b","headers":{"Host":"h"},"body":"c"}
                    """));
            PayloadRecord[] rows = [.. PayloadRecord.Read(file)];
            Assert.Equal(2, rows.Length);
            Assert.Equal((true, "%3Cb%3E", true, 3), (rows[0].IsAttack, rows[0].Value, rows[0].IsEncoded, rows[0].ParanoiaLevel));
            Assert.Equal((false, "/a", "b", "Host: h\n", "c"), (rows[1].IsAttack, rows[1].Path, rows[1].Query, rows[1].Headers, rows[1].Body));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void AMutationKeepsTheLettersOrTheirCode()
    {
        var random = new SeededRandom(5);
        for (int i = 0; i < 50; i++)
        {
            if (Mutations.Mutate(Value, ref random) is not { } changed) continue;
            Assert.NotEqual(Value.Value, changed.Value);
            string plain = Uri.UnescapeDataString(changed.Value!).Replace("/**/", " ", StringComparison.Ordinal).Replace('\t', ' ').Replace('\n', ' ');
            Assert.Equal(Value.Value, plain, ignoreCase: true);
        }
        Assert.Null(Mutations.Mutate(Value with { Value = null }, ref random));
    }

    [Theory]
    [InlineData("sqli", "1' OR '1'='1", 0, true)]
    [InlineData("sqli", "1 or 1", 0, false)]
    [InlineData("sqli", "1' OR '1'='1", 2, false)]
    [InlineData("session_fixation", "<script>x()</script>", 0, false)]
    [InlineData("xss", "</b><!-- -->", 0, false)]
    [InlineData("traversal", "../etc", 0, true)]
    public void AnAttackIsVisibleByItsSymbols(string category, string value, int level, bool expected) =>
        Assert.Equal(expected, Visibility.IsVisible(Value with { Category = category, Value = value, ParanoiaLevel = level }));
}
