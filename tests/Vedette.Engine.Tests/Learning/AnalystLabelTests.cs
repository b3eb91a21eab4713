using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Learning;

namespace Vedette.Engine.Tests.Learning;

public sealed class AnalystLabelTests
{
    private const long Minute = 60_000_000;

    [Fact]
    public void AConfirmedAttackIsNoExampleOfTheOrdinaryAndAFalseAlarmIs()
    {
        TrainingData own = SmallModels.Own;
        ulong attacker = own.Windows[0].Caller, honest = own.Windows.First(window => window.Caller != attacker).Caller;
        TrainingData judged = own.With([Always(attacker, isAttack: true), Always(honest, isAttack: true), Always(honest, isAttack: false)], out LabelledWindows? labelled);
        Assert.All(judged.Windows, window => Assert.Equal(window.Caller == attacker, window.IsSuspect));
        Assert.Equal(own.WindowCount, labelled!.Count);
        Assert.Equal(own.Windows.Count(window => window.Caller == attacker), labelled.AttackCount);
    }

    [Fact]
    public void AVerdictConcernsTheTimeOfItsIncidentAlone()
    {
        TrainingData own = SmallModels.Own;
        WindowSample[] windows = [.. own.Windows.Where(window => window.Caller == own.Windows[0].Caller)];
        WindowSample middle = windows[windows.Length / 2];
        own.With([new AnalystLabel(middle.Caller, middle.TimeMicros - Minute / 2, middle.TimeMicros - Minute / 3, IsAttack: true)], out LabelledWindows? labelled);
        Assert.Equal(1, labelled!.AttackCount);
    }

    [Fact]
    public void WithoutAVerdictOnOneOfItsCallersNothingChanges()
    {
        Assert.True(NetworkAddress.TryParse(Encoding.ASCII.GetBytes("192.0.2.1"), out NetworkAddress nobody));
        Assert.Same(SmallModels.Own, SmallModels.Own.With([Always(CallerKey.OfAddress(nobody), isAttack: true)], out LabelledWindows? labelled));
        Assert.Null(labelled);
    }

    /// <summary>The supervised models learn from it: a caller whom people confirmed to be an attacker looks like one afterwards.</summary>
    [Fact]
    public void ModelsTakeTheWordOfPeople()
    {
        TrainingData own = SmallModels.Own;
        ulong[] callers = [.. own.Windows.Select(static window => window.Caller).Distinct().Take(5)];
        own = own.With([.. callers.Select(static caller => Always(caller, isAttack: true))], out LabelledWindows? judged);
        Assert.True(judged!.AttackCount >= 20);
        var options = new TrainerOptions { Tune = false };
        ModelSet trained = ModelTrainer.Train(own, [judged], options);
        Assert.Contains("random_forest", trained.Ready);
        Assert.Equal(judged.AttackCount, Assert.Single(trained.Lineage.Labelled).Attacks);
    }

    private static AnalystLabel Always(ulong caller, bool isAttack) => new(caller, 0, long.MaxValue - 2 * Minute, isAttack);
}
