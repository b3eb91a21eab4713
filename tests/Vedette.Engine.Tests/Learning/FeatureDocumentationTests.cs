using Vedette.Engine.Learning;

namespace Vedette.Engine.Tests.Learning;

public sealed class FeatureDocumentationTests
{
    [Fact]
    public void TheDocumentListsTheWindowFeaturesInOrder() => Assert.Equal(WindowFeatures.All, Table("## Window features"));

    [Fact]
    [Trait("Row", "C8")]
    public void TheDocumentListsTheRequestFeaturesInOrder() => Assert.Equal(RequestFeatures.All, Table("## Request features"));

    [Fact]
    [Trait("Row", "E2")]
    public void TheBasicFeaturesComeFirstUnderTheirAgreedNames() =>
        Assert.Equal(["req_count", "error_rate", "avg_response_time", "max_response_time", "payload_mean", "unique_endpoints", "repeat_rate", "status_entropy"], WindowFeatures.All.Take(WindowFeatures.BasicCount).Select(static feature => feature.Name));

    [Theory]
    [InlineData(WindowFeatures.RequestsTenMinutes, "requests_10min")]
    [InlineData(WindowFeatures.AssetShare, "asset_share")]
    [InlineData(WindowFeatures.GapVariation, "gap_variation")]
    [InlineData(WindowFeatures.SignatureScore, "signature_score")]
    [InlineData(WindowFeatures.DeclaredProgram, "declared_program")]
    public void PlacesKnownByNumberHoldWhatTheyAreCalled(int place, string name) => Assert.Equal(name, WindowFeatures.All[place].Name);

    [Fact]
    public void EveryNameIsUsedOnce()
    {
        Assert.Equal(WindowFeatures.Count, WindowFeatures.All.Select(static feature => feature.Name).Distinct().Count());
        Assert.Equal(RequestFeatures.Count, RequestFeatures.All.Select(static feature => feature.Name).Distinct().Count());
    }

    private static IEnumerable<Feature> Table(string heading) => File.ReadLines(Repository.Path("docs", "models.md"))
        .SkipWhile(line => line != heading).Skip(1).TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(static line => line.Trim('|').Split(" | "))
        .Select(static cells => new Feature(cells[0].Trim().Trim('`'), cells[1].Trim(), cells[2].Trim()));
}
