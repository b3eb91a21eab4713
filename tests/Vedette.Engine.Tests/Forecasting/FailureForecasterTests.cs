using Vedette.Engine.Detection;
using Vedette.Engine.Forecasting;
using Vedette.Engine.Incidents;

namespace Vedette.Engine.Tests.Forecasting;

public sealed class FailureForecasterTests
{
    private static readonly DetectionEngine BuildUp = Scan.Run(Scan.LogOf("failure_predicted"), new EngineOptions());

    [Fact]
    public void ABuildUpIsOneIncidentThatSaysWhetherItCameTrue()
    {
        Incident incident = Assert.Single(BuildUp.Incidents, static i => i.Type == IncidentType.FailurePredicted);
        Assert.Contains("It came true", incident.Explanation, StringComparison.Ordinal);
        Driver lead = Assert.Single(incident.Drivers, static d => d.Feature == "lead_minutes");
        Assert.True(lead.Value >= 5);
        Assert.Contains(incident.Drivers, static d => d.Feature == "mean_response_ms" && d.Value > d.Baseline);
        Assert.Contains("forecast", incident.Models.Keys);
        Incident slow = BuildUp.Incidents.First(static i => i.Type is IncidentType.ErrorSpike);
        Assert.True(incident.DetectedAt < slow.DetectedAt);
    }

    [Fact]
    public void ForecastsTellOfEachRouteAndOfTheService()
    {
        IReadOnlyList<RouteForecast> forecasts = BuildUp.Forecasts;
        Assert.Equal("*", forecasts[0].Endpoint);
        RouteForecast product = Assert.Single(forecasts, static f => f is { Endpoint: "/products/{id}", Method: "GET" });
        Assert.True(product.IsFailing);
        Assert.Equal(0, product.MinutesToFailure);
        Assert.Equal([1.0, 1.0, 1.0], product.Probabilities);
        Assert.True(product.Judged > 0);
        Assert.Equal(10, product.Calibration.Count);
        Assert.Equal(product.Judged, product.Calibration.Sum(static b => b.Predictions));
        Assert.True(product.MedianLeadMinutes >= 5);
        RouteForecast other = Assert.Single(forecasts, static f => f is { Endpoint: "/static/app.css" } or { Endpoint: "/static/{file}.css" });
        Assert.False(other.IsFailing);
        Assert.True(other.Probabilities[^1] < 0.3);
        Assert.Null(other.MinutesToFailure);
    }

    [Fact]
    public void AThresholdNobodyReachesRaisesNothing()
    {
        DetectionEngine engine = Scan.Run(Scan.LogOf("failure_predicted"), new EngineOptions { Forecasting = new ForecastOptions { AlarmProbability = 0.999999 } });
        Assert.DoesNotContain(engine.Incidents, static i => i.Type == IncidentType.FailurePredicted);
    }

    [Fact]
    public void WrongSettingsAreNamed()
    {
        var options = new EngineOptions { Forecasting = new ForecastOptions { FailureErrorShare = 2, FailureMeanMillis = 0, AlarmProbability = double.NaN } };
        string message = Assert.Throws<ArgumentException>(options.Validate).Message;
        Assert.Contains("Forecasting:FailureErrorShare", message, StringComparison.Ordinal);
        Assert.Contains("Forecasting:FailureMeanMillis", message, StringComparison.Ordinal);
        Assert.Contains("Forecasting:AlarmProbability", message, StringComparison.Ordinal);
    }
}
