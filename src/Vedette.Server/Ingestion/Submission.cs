using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Pipeline;
using Vedette.Storage.Events;

namespace Vedette.Server.Ingestion;

/// <summary>Events on their way through analysis and store, with the memory they use. Rented from <see cref="EventIntake"/>, which takes it back when it is submitted.</summary>
public sealed class Submission
{
    internal const int SmallTextBytes = 16 << 10;
    internal const int SmallEvents = 16;

    /// <summary>A thousand events, as shippers send them; a larger one grows.</summary>
    private const int LargeTextBytes = 512 << 10;
    private const int LargeEvents = 1024;

    private EventOutcome[] _outcomes = [];

    internal Submission(bool isSmall)
    {
        IsSmall = isSmall;
        Batch = new PreparedBatch(isSmall ? new EventBatch(SmallTextBytes, SmallEvents) : new EventBatch(LargeTextBytes, LargeEvents));
    }

    /// <summary>To be filled with events, or with lines and parsed.</summary>
    public EventBatch Events => Batch.Events;

    /// <summary>Index of the input the events come from, as <see cref="SourceTable.IndexOf"/> gives it.</summary>
    public ushort Source { get; set; }

    /// <summary>The receipt to be stored with the events, if the request has an idempotency key.</summary>
    public Receipt? Receipt { get; set; }

    internal bool IsSmall { get; }

    internal bool IsChecked { get; set; }

    internal PreparedBatch Batch { get; }

    /// <summary>Bytes it holds of the queue's allowance.</summary>
    internal long ReservedBytes { get; set; }

    /// <summary>Events it holds of the queue's allowance.</summary>
    internal int ReservedEvents { get; set; }

    /// <summary>When it was handed in, as the stopwatch counts.</summary>
    internal long SubmittedAt { get; set; }

    internal TaskCompletionSource<SubmitResult> Done { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Memory<EventOutcome> Outcomes
    {
        get
        {
            if (_outcomes.Length < Events.EventCount) _outcomes = new EventOutcome[Events.EventCount];
            return _outcomes.AsMemory(0, Events.EventCount);
        }
    }

    internal void Reset()
    {
        Events.Clear(IsSmall ? 4 * SmallTextBytes : 4 << 20);
        Source = 0;
        IsChecked = false;
        Receipt = null;
        ReservedEvents = 0;
        ReservedBytes = 0;
        Done = new TaskCompletionSource<SubmitResult>(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
