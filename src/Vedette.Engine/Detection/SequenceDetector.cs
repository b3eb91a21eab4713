using Vedette.Engine.Behavior;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Detection;

/// <summary>A caller that walks through the API in an order nobody else does.</summary>
/// <remarks>
/// Cumulative sum of how much more each transition surprises than transitions from that state do on average (surprisal minus the state's own
/// entropy: of thirty equally likely successors none is strange), less an allowance per step (E. S. Page, Biometrika 41, 1954). By
/// Wald's identity a sum h above zero is met by chance about once in e^h walks.
/// </remarks>
internal sealed class SequenceDetector : CallerDetector
{
    private const int MinTransitions = 10;

    /// <summary>Transitions, each once per caller and episode.</summary>
    private const double MinLearnt = 5_000;

    private const double Allowance = 1.5;

    /// <summary>One step proves little, however strange.</summary>
    private const double MaxExcess = 6;

    /// <summary>Once raised it is told again after so many steps.</summary>
    private const int ReportEvery = 10;

    /// <summary>Share of requests that change something from which on an order nobody else uses is more than curiosity: it is what abuse of a process consists of.</summary>
    private const double ManyWrites = 1.0 / 3;

    /// <summary>Steps of one walk depend on each other more than the model knows; so much more is asked for.</summary>
    private const double Safety = 22;

    public override Trigger Triggers => Trigger.Transition | Trigger.RepeatedChange;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        Repetition.Observe(ref context, sink);
        if ((context.Trigger & Trigger.Transition) != 0) ObserveStep(ref context, sink);
    }

    private static void ObserveStep(ref CallerContext context, FindingSink sink)
    {
        ref CallerState caller = ref context.Caller;
        int from = caller.PreviousRoute;
        int to = context.Route.Id;
        if (from == 0 || to == 0 || from == to || context.Baselines.Transitions.Total < MinLearnt) return;
        if (caller.Kind == CallerKind.Address && (People.AreKnown(caller) || People.Behind(caller) > 1)) return;
        // What a caller does time after time, such as a console that polls in turn or a clerk who looks at the list after each correction, is a habit: odd at most once.
        bool isHabit = context.OnRoute.EnteredFrom == (ushort)from || (!Repetition.HardlyReads(caller) && context.OnRoute.HasEntered(from));
        context.OnRoute.EnteredFrom = (ushort)from;
        double excess = Math.Min(isHabit ? Allowance : MaxExcess, context.Baselines.Transitions.Excess(from, to));
        caller.Transitions++;
        caller.SequenceEvidence = (float)Math.Max(0, caller.SequenceEvidence + excess - Allowance);
        double threshold = Safety - Math.Log(context.Baselines.AlertThreshold);
        bool isUpdate = context.IsRaised(IncidentType.SequenceAnomaly);
        if (isUpdate && caller.Transitions % ReportEvery != 0) return;
        if (caller.SequenceEvidence < threshold || caller.Transitions < MinTransitions || (caller.Raised & ~IncidentType.SequenceAnomaly.Bit()) != 0 || caller.Agent is not (UserAgentKind.Browser or UserAgentKind.HttpLibrary or UserAgentKind.Other)) return;
        double p = Math.Exp(-(caller.SequenceEvidence - Safety));
        double writes = (double)context.Episode[Counter.Writes] / context.Episode[Counter.Requests];
        sink.Raise(ref context, IncidentType.SequenceAnomaly, "sequence", p, writes >= ManyWrites ? 0.4 : 0.1, caller.EpisodeStart, context.Episode[Counter.Requests],
            $"Uses the API in an order that others do not: {caller.Transitions} steps{(writes >= ManyWrites ? $", {Phrase.Percent(writes)} of its requests change something" : "")}, {Phrase.Number(caller.SequenceEvidence, "0")} nats more surprising than usual, last from "
            + $"{context.Baselines.Routes[from].Template} to {context.Route.Template}.",
            [new Driver("sequence_surprise_nats", Math.Round(caller.SequenceEvidence, 1), 0, 1)]);
    }
}
