using Vedette.Engine.Behavior;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Detection;

/// <summary>A caller that sends attack payloads. What the inspector found in single requests becomes one story per caller.</summary>
/// <remarks>
/// The response counts: as long as the server refused every payload it was an attempt, however often repeated, and its risk stays medium; one that was accepted raises it. Many kinds of
/// payload from one caller are a scanner at work, not many attacks. And the place counts: the threshold comes from how often callers of the same route send
/// what looks like a payload, and each parameter is known by the values it takes, so that talk about SQL in a comment field is not an attack, and a quote in a price is.
/// </remarks>
internal sealed class PayloadDetector : CallerDetector
{
    /// <summary>From this many kinds of payload on, a caller is trying everything.</summary>
    private const int ScannerKinds = 4;

    private const int ManyPeople = 3;

    /// <summary>One caller in fifty writing like this is everyday life.</summary>
    private const double LikelyInnocent = 0.02;

    /// <summary>Below one in a thousand an innocent reading is not offered any more.</summary>
    private const double PossiblyInnocent = 0.001;

    /// <summary>A single request must be this clear to be more than a note.</summary>
    private const double SingleScore = 0.98;

    /// <summary>So many payloads are told one by one; later ones once a minute.</summary>
    private const int ToldEach = 10;

    /// <summary>From this score on no innocent reading is left.</summary>
    private const double CertainScore = 0.999;

    /// <summary>One honest value in a hundred is foreign to a parameter that takes numbers: as much less likely is an honest reading.</summary>
    private const double ForeignFactor = 0.01;

    /// <summary>Below zero, so that neither repetition nor another sign about the same caller lifts a campaign above medium of which nothing got through.</summary>
    private const double RefusedImpact = -0.02;

    public override Trigger Triggers => Trigger.Payload | Trigger.Tick;

    public override void Observe(ref CallerContext context, FindingSink sink)
    {
        int payloads = context.Episode[Counter.Payloads];
        if (payloads == 0) return;
        bool isTick = (context.Trigger & Trigger.Tick) != 0;
        IncidentType type = Classify(context.Caller.Payloads, payloads, out int kinds);
        if (isTick ? !context.IsRaised(type) : context.IsRaised(type) && payloads > ToldEach) return;
        // Of many people behind one address the one who did it is known: no need to blame the others.
        if (People.AreKnown(context.Caller) && context.Episode[Counter.NewCounterparts] >= ManyPeople) return;

        double score = context.Caller.PayloadScore;
        int accepted = context.Caller.PayloadsAccepted;
        int route = context.Caller.PayloadRoute;
        double innocent = score >= CertainScore ? 0 : context.Baselines.Route(route).InnocentPayloads.UpperTail(payloads, context.Episode[Counter.Requests]);
        if (innocent > LikelyInnocent && context.Caller.PayloadsForeign == 0 && !isTick) return;
        // An alert needs both: what looks like an attack, and a value that is new for its parameter.
        bool isHabit = context.Caller.PayloadsHabitual >= payloads;
        if (isHabit && score < CertainScore && !isTick) return;
        bool isForeign = context.Caller.PayloadsForeign > 0;
        bool isCasual = !isForeign && (isHabit || innocent > PossiblyInnocent || (payloads == 1 && score < SingleScore));
        bool isRefused = context.Caller.PayloadsRefused >= payloads;
        double impact = isCasual ? -0.4 : isRefused ? RefusedImpact : Math.Clamp((accepted > 0 ? 0.3 : 0) + 0.18 * Math.Log10(1 + payloads) + (context.Episode[Counter.ServerErrors] > 0 ? 0.1 : 0), 0, 1);
        sink.Raise(ref context, type, "signatures", PValue(score, payloads) * (isForeign ? ForeignFactor : 1), impact, context.Caller.FirstPayload, payloads, Explain(context, type, payloads, kinds, accepted, isCasual, route, sink.MatchOf(context.Slot, PayloadTypes.ClassesOf(type))),
        [
            new Driver("payload_score", Math.Round(score, 4), 0.01, 0.7),
            new Driver("payloads", payloads, 0, 0.2),
            new Driver("payloads_accepted", accepted, 0, 0.1),
            .. isForeign ? [new Driver("payloads_foreign_to_parameter", context.Caller.PayloadsForeign, 0, 0.2)] : (Driver[])[],
        ], route, isRefused);
    }

    /// <summary>The score is calibrated: 1 - score bounds the chance that one request is honest. Repetition makes it less likely, up to a point.</summary>
    private static double PValue(double score, int payloads) => Math.Pow(Math.Max(1e-4, 1 - score), 1 + Math.Log2(Math.Min(payloads, 16))) * 1e-2;

    /// <summary>The class most of the payloads belong to; a scanner if there is none and they are of many kinds.</summary>
    private static IncidentType Classify(in PayloadCounts counts, int payloads, out int kinds)
    {
        kinds = 0;
        int most = 0;
        PayloadClass main = PayloadClass.Scanner;
        foreach (PayloadClass payload in PayloadTypes.BySeverity)
        {
            int count = counts[(int)payload];
            if (count > 0) kinds++;
            // The graver class wins unless the other is clearly more frequent: many payloads carry traits of two.
            if (count * 2 <= most * 3) continue;
            most = count;
            main = payload;
        }
        // A request hidden in another is made of forged line breaks.
        if (main == PayloadClass.CrlfInjection && counts[(int)PayloadClass.HttpSmuggling] * 3 >= most) main = PayloadClass.HttpSmuggling;
        return kinds >= ScannerKinds && most * 10 < payloads * 7 ? IncidentType.Scanner : PayloadTypes.Of(main);
    }

    private static string Explain(in CallerContext context, IncidentType type, int payloads, int kinds, int accepted, bool isCasual, int route, string? match)
    {
        string what = type == IncidentType.Scanner
            ? $"Tries {kinds} kinds of attack ({PayloadTypes.List(context.Caller.Payloads)}) in {Phrase.Of(payloads, "request")}"
            : $"{Phrase.Of(payloads, "request")} with {PayloadTypes.Describe(type)}";
        string where = route != 0 ? $", last at {context.Baselines.Routes[route].Template}" : "";
        string answer = accepted > 0 ? $". The server answered {Phrase.Count(accepted)} of them with success: check what came back" : ". None was answered with success";
        string casual = !isCasual ? ""
            : payloads == 1 ? ". A single request that an innocent reading fits as well"
            : ". Callers of this route write such things now and then: most likely somebody only wrote about it";
        string clearest = match is null ? "" : $". Clearest: {match}";
        return what + where + answer + clearest + casual + ".";
    }
}
