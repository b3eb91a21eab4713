using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Redaction;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Pipeline;

/// <summary>A few telling lines of callers under suspicion, and of each class of payload the clearest match. Bounded: by caller, and in the number of callers.</summary>
internal sealed class EvidenceBook(RequestInspector inspector, Redactor redactor)
{
    public const int MaxTextLength = 600;

    private const int MaxPerCaller = 16;
    private const int MaxPerReason = 5;
    private const int MaxCallers = 2048;

    private readonly Dictionary<int, List<Kept>> _bySlot = [];
    private readonly Dictionary<int, Match?[]> _matches = [];
    private readonly InspectionScratch _scratch = new();

    /// <summary>The lines kept for one of <paramref name="reasons"/>, of payloads those of one of <paramref name="classes"/>; where there are none, whatever was kept.</summary>
    public IReadOnlyList<Evidence> Of(int slot, Trigger reasons, PayloadClasses classes)
    {
        if (!_bySlot.TryGetValue(slot, out var lines)) return [];
        Evidence[] fitting = [.. lines.Where(line => (line.Reason & reasons) != 0 && (line.Classes == PayloadClasses.None || (line.Classes & classes) != 0)).Select(static line => line.Line)];
        if (fitting.Length == 0) fitting = [.. lines.Where(line => (line.Reason & reasons) != 0).Select(static line => line.Line)];
        return fitting.Length > 0 ? fitting : [.. lines.Select(static line => line.Line)];
    }

    /// <summary>Keeps a line if there is still room among those of its kind: the first few, which show how it began.</summary>
    public void Keep(int slot, EventBatch batch, in HttpEvent request, long sequence, Trigger reason, PayloadClasses classes)
    {
        if (!_bySlot.TryGetValue(slot, out var lines))
        {
            if (_bySlot.Count >= MaxCallers) return;
            _bySlot.Add(slot, lines = []);
        }
        if (lines.Count >= MaxPerCaller || lines.Count(line => line.IsLike(reason, classes)) >= MaxPerReason) return;
        lines.Add(new Kept(reason, classes, new Evidence(request.Line, TextOf(batch[request.Raw]), request.Source) { Sequence = sequence }));
    }

    /// <summary>Which value of which parameter matched which rule of one of <paramref name="classes"/>, in the caller's clearest payload of them; null if none was kept.</summary>
    public string? MatchOf(int slot, PayloadClasses classes) => BestOf(slot, classes)?.Text;

    /// <summary>The same of the first such payload: what comes later does not change it.</summary>
    public string? FirstMatchOf(int slot, PayloadClasses classes) => BestOf(slot, classes)?.First;

    private Match? BestOf(int slot, PayloadClasses classes)
    {
        if (!_matches.TryGetValue(slot, out var byClass)) return null;
        Match? best = null;
        for (int c = 1; c < byClass.Length; c++)
            if ((classes & ((PayloadClass)c).AsSet()) != 0 && byClass[c] is { } match && (best is null || match.Score > best.Score)) best = match;
        return best;
    }

    /// <summary>Keeps what was found in a payload, for each of its classes of which it is the clearest so far.</summary>
    public void KeepMatch(int slot, EventBatch batch, in HttpEvent request, PayloadClasses classes, float score)
    {
        if (!_matches.TryGetValue(slot, out var best))
        {
            if (_matches.Count >= MaxCallers) return;
            _matches.Add(slot, best = new Match?[PayloadClassNames.Count]);
        }
        IReadOnlyList<PayloadMatch>? found = null;
        for (int c = 1; c < best.Length; c++)
        {
            if ((classes & ((PayloadClass)c).AsSet()) == 0 || (best[c]?.Score ?? 0) >= score) continue;
            found ??= inspector.Explain(batch, request, _scratch);
            if (found.FirstOrDefault(match => match.Class == (PayloadClass)c) is not { } first) continue;
            string text = $"{first.Where} = \"{redactor.RedactPatterns(first.Text)}\" ({first.Rule})";
            best[c] = new Match(score, text, best[c]?.First ?? text);
        }
    }

    /// <summary>The line without its secrets, and no longer than it may be. More of it is looked at, for a secret that is cut in two cannot be told any more.</summary>
    private string TextOf(ReadOnlySpan<byte> line)
    {
        string text = redactor.Redact(line[..Math.Min(line.Length, 2 * MaxTextLength)]);
        if (text.Length <= MaxTextLength) return text;
        return text[..(char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength)];
    }

    /// <summary>Forgets callers nobody raised anything about; called when the book is full.</summary>
    public void Prune(Func<int, bool> isUnderWatch)
    {
        if (_bySlot.Count < MaxCallers && _matches.Count < MaxCallers) return;
        foreach (int slot in _bySlot.Keys.Union(_matches.Keys).ToArray())
            if (!isUnderWatch(slot)) Forget(slot);
    }

    public void Forget(int slot)
    {
        _bySlot.Remove(slot);
        _matches.Remove(slot);
    }

    private sealed record Match(float Score, string Text, string First);

    /// <param name="Reason">What made the line telling.</param>
    /// <param name="Classes">The classes of its payload; none if it carries none.</param>
    /// <param name="Line">The line.</param>
    private sealed record Kept(Trigger Reason, PayloadClasses Classes, Evidence Line)
    {
        public bool IsLike(Trigger reason, PayloadClasses classes) =>
            (Reason == reason || (reason != Trigger.None && (Reason & reason) == reason)) && (classes == PayloadClasses.None || (Classes & classes) != 0);
    }
}
