using Vedette.Engine.Forecasting;

namespace Vedette.Engine.Tests.Forecasting;

public sealed class ForecastRecordTests
{
    private const long Minute = Signs.Minute;

    [Fact]
    public void APredictionIsJudgedWhenItsTimeHasPassed()
    {
        var record = new ForecastRecord();
        record.Add(100 * Minute, wasBad: false, [0.1, 0.2, 0.4]);
        record.Judge(124 * Minute);
        Assert.Equal(0, record.Judged);
        record.Judge(125 * Minute);
        Assert.Equal(3, record.Judged);
        Assert.Equal((0.01 + 0.04 + 0.16) / 3, record.Brier, 1e-12);
    }

    [Fact]
    public void WhatHappenedWithinTheHorizonCameTrue()
    {
        var record = new ForecastRecord();
        record.Add(100 * Minute, wasBad: false, [0.5, 0.5, 0.9]);
        record.Failed(107 * Minute);
        record.Judge(130 * Minute);
        CalibrationBin[] bins = record.Calibration();
        Assert.Equal(2, bins[5].Predictions);
        Assert.Equal(1, bins[5].Happened);
        Assert.Equal(1, bins[9].Happened);
        Assert.Equal(0.9, bins[9].MeanPredicted, 1e-12);
        Assert.Equal((0.25 + 0.25 + 0.01) / 3, record.Brier, 1e-12);
    }

    [Fact]
    public void TheNaiveGuessLearnsHowOftenARouteFails()
    {
        var record = new ForecastRecord();
        for (int i = 1; i <= 2000; i++)
        {
            record.Add(i * Minute, wasBad: false, [0.25, 0.5, 0.75]);
            if (i % 20 == 0) record.Failed(i * Minute);
        }
        record.Judge(3000 * Minute);
        // A failure each twenty minutes: a quarter, a half and three quarters of all minutes lie less than 5, 10 and 15 before one; the first guesses knew nothing.
        Assert.Equal((0.25 * 0.75 + 0.5 * 0.5 + 0.75 * 0.25) / 3, record.Brier, 0.04);
        Assert.InRange(record.NaiveBrier, record.Brier - 0.02, record.Brier + 0.04);
    }

    [Fact]
    public void FalseAlarmsMakeItWorseThanTheGuess()
    {
        var record = new ForecastRecord();
        for (int i = 1; i <= 300; i++) record.Add(i * Minute, wasBad: false, [0.6, 0.8, 0.9]);
        record.Judge(1000 * Minute);
        Assert.True(record.ExcessLoss > 0.05);
    }
}
