using System.Text;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Signatures;
using Evidence = Vedette.Engine.Detection.Evidence;

namespace Vedette.Engine.Pipeline;

/// <summary>A few telling lines of callers under suspicion. Bounded: by caller, and in the number of callers.</summary>
internal sealed class EvidenceBook(RequestInspector inspector)
{
    public const int MaxTextLength = 600;

    private const int MaxPerCaller = 16;
    private const int MaxPerReason = 5;
    private const int MaxCallers = 2048;

    private readonly Dictionary<int, List<(Trigger Reason, Evidence Line)>> _bySlot = [];
    private readonly Dictionary<int, (float Score, string Match)> _matches = [];
    private readonly InspectionScratch _scratch = new();

    /// <summary>The lines kept for one of <paramref name="reasons"/>; all of them if none was.</summary>
    public IReadOnlyList<Evidence> Of(int slot, Trigger reasons)
    {
        if (!_bySlot.TryGetValue(slot, out var lines)) return [];
        Evidence[] fitting = [.. lines.Where(line => (line.Reason & reasons) != 0).Select(static line => line.Line)];
        return fitting.Length > 0 ? fitting : [.. lines.Select(static line => line.Line)];
    }

    /// <summary>Keeps a line if there is still room among those of its kind: the first few, which show how it began.</summary>
    public void Keep(int slot, EventBatch batch, in HttpEvent request, Trigger reason)
    {
        if (!_bySlot.TryGetValue(slot, out var lines))
        {
            if (_bySlot.Count >= MaxCallers) return;
            _bySlot.Add(slot, lines = []);
        }
        if (lines.Count >= MaxPerCaller || lines.Count(line => line.Reason == reason || (reason != Trigger.None && (line.Reason & reason) == reason)) >= MaxPerReason) return;
        ReadOnlySpan<byte> text = batch[request.Raw];
        if (text.Length > MaxTextLength) text = text[..MaxTextLength];
        lines.Add((reason, new Evidence(request.Line, Encoding.UTF8.GetString(text), request.Source)));
    }

    /// <summary>Which value of which parameter matched which rule, in the clearest payload of the caller; null if none was kept.</summary>
    public string? MatchOf(int slot) => _matches.TryGetValue(slot, out var match) ? match.Match : null;

    /// <summary>Keeps what was found in a payload if it is the clearest one so far.</summary>
    public void KeepMatch(int slot, EventBatch batch, in HttpEvent request, float score)
    {
        bool isKnown = _matches.TryGetValue(slot, out var best);
        if ((isKnown && best.Score >= score) || (!isKnown && _matches.Count >= MaxCallers)) return;
        if (inspector.Explain(batch, request, _scratch) is not [var first, ..]) return;
        _matches[slot] = (score, $"{first.Where} = \"{first.Text}\" ({first.Rule})");
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
}
