using Vedette.Engine.Risk;

namespace Vedette.Engine.Tests.Detection;

public sealed class ObjectDetectorTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The first visitors are the case's known gap.</summary>
    [Theory]
    [InlineData("honest_map_in_tiles")]
    [InlineData("honest_previews_of_folders")]
    public void OnceSomeHaveShownHowAPageFetchesItsPartsNobodyIsRaisedForIt(string name) =>
        Assert.DoesNotContain(Scan.Run(Scan.LogOf(name), new EngineOptions()).Incidents, static i => i.Level >= RiskLevel.Medium && i.DetectedAt > Start.AddMinutes(15));
}
