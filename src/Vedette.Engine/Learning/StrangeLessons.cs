namespace Vedette.Engine.Learning;

/// <summary>Lets each caller teach what is strange a few times only: somebody who is strange all day must not become the norm by himself.</summary>
/// <remarks>Bounded; when it is full, and every hour of event time, it begins anew.</remarks>
internal sealed class StrangeLessons
{
    private const int MaxLessons = 3;
    private const int MaxCallers = 16_384;
    private const long HourMicros = 3600L * 1_000_000;

    private readonly Dictionary<ulong, int> _taught = [];
    private long _since;

    /// <summary>Whether a strange window of a caller may still be learnt from.</summary>
    public bool Admit(ulong caller, long time)
    {
        if (time - _since >= HourMicros || _taught.Count >= MaxCallers)
        {
            _taught.Clear();
            _since = time;
        }
        ref int taught = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_taught, caller, out _);
        return taught++ < MaxLessons;
    }
}
