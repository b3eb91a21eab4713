using System.Text;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;

namespace Vedette.Engine.Pipeline;

/// <summary>A few telling lines of callers under suspicion. Bounded: by caller, and in the number of callers.</summary>
internal sealed class EvidenceBook
{
    public const int MaxTextLength = 600;

    private const int MaxPerCaller = 16;
    private const int MaxPerReason = 5;
    private const int MaxCallers = 2048;

    private readonly Dictionary<int, List<(Trigger Reason, Evidence Line)>> _bySlot = [];

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

    /// <summary>Forgets callers nobody raised anything about; called when the book is full.</summary>
    public void Prune(Func<int, bool> isUnderWatch)
    {
        if (_bySlot.Count < MaxCallers) return;
        foreach (int slot in _bySlot.Keys.ToArray())
            if (!isUnderWatch(slot)) _bySlot.Remove(slot);
    }

    public void Forget(int slot) => _bySlot.Remove(slot);
}
