using Vedette.Engine.Detection;
using Vedette.Engine.Risk;
using Vedette.Engine.Tests.Incidents;

namespace Vedette.Engine.Tests.Risk;

public sealed class RiskModelTests
{
    public static TheoryData<IncidentType> Types => [.. Enum.GetValues<IncidentType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryTypeHasASeverityAndARiskWithinBounds(IncidentType type)
    {
        Assert.InRange(RiskModel.Severity(type), 0.5, 1);
        foreach (double p in (double[])[1, 1e-3, 1e-9, 1e-30])
            foreach (double impact in (double[])[-0.5, 0, 0.5, 1]) Assert.InRange(RiskModel.Risk(Findings.Make(type, pValue: p, impact: impact)), 0, 100);
    }

    [Fact]
    public void RiskRisesWithEvidenceAndWithHarm()
    {
        double before = 0;
        for (int exponent = 0; exponent <= 30; exponent++)
        {
            double risk = RiskModel.Risk(Findings.Make(IncidentType.SqlInjection, pValue: Math.Pow(10, -exponent)));
            Assert.True(risk > before);
            before = risk;
        }
        Assert.True(RiskModel.Risk(Findings.Make(IncidentType.SqlInjection, impact: 0.9)) > RiskModel.Risk(Findings.Make(IncidentType.SqlInjection, impact: 0.1)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1e-4, 0.8)]
    [InlineData(1e-9, 0.9)]
    [Trait("Row", "C5")]
    public void ConfidenceIsAsDocumented(double pValue, double expected) => Assert.Equal(expected, RiskModel.Confidence(pValue), 1e-9);

    [Theory]
    [InlineData(0, RiskLevel.Low)]
    [InlineData(39, RiskLevel.Low)]
    [InlineData(40, RiskLevel.Medium)]
    [InlineData(60, RiskLevel.High)]
    [InlineData(79, RiskLevel.High)]
    [InlineData(80, RiskLevel.Critical)]
    [InlineData(100, RiskLevel.Critical)]
    [Trait("Row", "C5")]
    public void LevelsBeginWhereTheContractSays(int risk, RiskLevel expected) => Assert.Equal(expected, new RiskOptions().LevelOf(risk));

    [Theory]
    [InlineData("medium", true)]
    [InlineData("CRITICAL", true)]
    [InlineData("severe", false)]
    [InlineData("", false)]
    public void LevelsAreReadByName(string name, bool expected) => Assert.Equal(expected, RiskLevels.TryParse(name, out _));

    [Theory]
    [InlineData(60, 50, 80)]
    [InlineData(40, 60, 101)]
    [InlineData(0, 60, 80)]
    public void LevelsThatDoNotRiseAreRefused(int medium, int high, int critical) =>
        Assert.Throws<ArgumentException>(() => new EngineOptions { Risk = new RiskOptions { Medium = medium, High = high, Critical = critical } }.Validate());
}
