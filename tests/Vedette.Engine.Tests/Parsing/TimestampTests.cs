using System.Globalization;
using System.Text;
using Vedette.Engine.Parsing;

namespace Vedette.Engine.Tests.Parsing;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("10/Oct/2000:13:55:36 -0700", "2000-10-10T20:55:36Z")]
    [InlineData("29/Feb/2024:23:59:60 +0000", "2024-03-01T00:00:00Z")]
    [InlineData("06/Feb/2024:12:14:14.655", "2024-02-06T12:14:14.655Z")]
    [InlineData("2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z")]
    [InlineData("2024-05-01 10:00:00,123456 +05:30", "2024-05-01T04:30:00.123456Z")]
    [InlineData("2024-05-01T10:00:00.123456789+02", "2024-05-01T08:00:00.123456Z")]
    [InlineData("2024/05/01 10:00", "2024-05-01T10:00:00Z")]
    [InlineData("2024-05-01", "2024-05-01T00:00:00Z")]
    [InlineData("1714557600", "2024-05-01T10:00:00Z")]
    [InlineData("1714557600.25", "2024-05-01T10:00:00.25Z")]
    [InlineData("1714557600123", "2024-05-01T10:00:00.123Z")]
    [InlineData("1714557600123456", "2024-05-01T10:00:00.123456Z")]
    [InlineData("1714557600123456789", "2024-05-01T10:00:00.123456Z")]
    public void TimesInEveryFormAreRead(string text, string expected)
    {
        Assert.True(Timestamp.TryParse(Encoding.ASCII.GetBytes(text), out long micros));
        var time = DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture);
        Assert.Equal((time - DateTimeOffset.UnixEpoch).Ticks / 10, micros);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("0")]
    [InlineData("30/Feb/2024:10:00:00 +0000")]
    [InlineData("10/Foo/2024:10:00:00 +0000")]
    [InlineData("10/Oct/2024:24:00:00 +0000")]
    [InlineData("10/Oct/2024:10:00:00 0000")]
    [InlineData("2024-13-01T10:00:00Z")]
    [InlineData("2024-05-01X10:00:00Z")]
    [InlineData("2024-05-01T10:00:00+99:00")]
    [InlineData("9999-05-01T10:00:00Z")]
    [InlineData("12345678901234567890123")]
    public void OtherTextIsNoTime(string text) => Assert.False(Timestamp.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void EveryDayOfFourCenturiesIsTheDayTheFrameworkSays()
    {
        for (var day = new DateTime(1970, 1, 1); day.Year < 2370; day = day.AddDays(1))
        {
            Assert.True(Timestamp.TryCombine(day.Year, day.Month, day.Day, 0, 0, 0, out long micros));
            Assert.Equal((day - DateTime.UnixEpoch).Ticks / 10, micros);
        }
    }
}
