using Vedette.Server.Settings;

namespace Vedette.Server.Tests.Settings;

public sealed class SettingsReportTests
{
    [Theory]
    [InlineData("postgresql://user:secret@db.example/vedette", "postgresql://user:***@db.example/vedette")]
    [InlineData("postgresql://user:sec%40ret@db.example:5432/vedette?sslmode=require", "postgresql://user:***@db.example:5432/vedette?sslmode=require")]
    [InlineData("postgresql://db.example/vedette?user=u&Password=secret&sslmode=require", "postgresql://db.example/vedette?user=u&password=***&sslmode=require")]
    [InlineData("https://user:secret@search.example:9200/prefix", "https://user:***@search.example:9200/prefix")]
    [InlineData("postgresql://user@db.example/vedette", "postgresql://user@db.example/vedette")]
    [InlineData("sqlite:./data", "sqlite:./data")]
    public void AnAddressIsShownWithoutItsPassword(string url, string shown) => Assert.Equal(shown, SettingsReport.MaskPassword(url));
}
