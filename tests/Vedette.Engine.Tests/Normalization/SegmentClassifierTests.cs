using System.Text;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Tests.Normalization;

public sealed class SegmentClassifierTests
{
    [Theory]
    [InlineData("")]
    [InlineData("orders")]
    [InlineData("v2")]
    [InlineData("oauth2")]
    [InlineData("base64")]
    [InlineData("mp3")]
    [InlineData("sign-in")]
    [InlineData("facade")]
    [InlineData("deadbeef")]
    [InlineData("how-to-select-from-two-tables")]
    [InlineData("internationalization")]
    [InlineData("index.php")]
    [InlineData("report.pdf")]
    [InlineData("über")]
    public void WordsAreWords(string segment) => Assert.Equal(SegmentKind.Literal, Classify(segment));

    [Theory]
    [InlineData("0")]
    [InlineData("1842")]
    [InlineData("99999999999999999999999999")]
    [InlineData("51.5")]
    public void DigitsAreNumbers(string segment) => Assert.Equal(SegmentKind.Number, Classify(segment));

    [Theory]
    [InlineData("3fa85f64-5717-4562-b3fc-2c963f66afa6")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("507f1f77bcf86cd799439011")]
    [InlineData("ord_1842773")]
    [InlineData("SKU-10293")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9")]
    [InlineData("mia.wong@example.org")]
    [InlineData("1842.json")]
    public void NamesOfObjectsAreIdentifiers(string segment) => Assert.Equal(SegmentKind.Identifier, Classify(segment));

    [Theory]
    [InlineData("2026-03-10")]
    [InlineData("2026-03-10T09:00:00Z")]
    [InlineData("1999-12-31_backup")]
    public void DatesAreDates(string segment) => Assert.Equal(SegmentKind.Date, Classify(segment));

    [Theory]
    [InlineData("app.js")]
    [InlineData("logo.SVG")]
    [InlineData("p17.jpg")]
    [InlineData("style.min.css")]
    [InlineData("font.woff2")]
    [InlineData("app.3fa85f64.js")]
    [InlineData("seg-00042.ts")]
    [InlineData("chunk-7.m4s")]
    public void FilesOfAPageAreAssets(string segment) => Assert.Equal(SegmentKind.Asset, Classify(segment));

    [Fact]
    public void AnythingIsClassifiedWithoutFailure()
    {
        var random = new Random(12);
        for (int i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(0, 600)];
            random.NextBytes(bytes);
            Assert.True(Enum.IsDefined(SegmentClassifier.Classify(bytes)));
        }
    }

    private static SegmentKind Classify(string segment) => SegmentClassifier.Classify(Encoding.UTF8.GetBytes(segment));
}
