using Vedette.Engine.Events;

namespace Vedette.Cli.Traffic;

/// <summary>Requests by stretches of time, in bounded memory: the longer the log, the longer the stretches.</summary>
internal sealed class TimeTable
{
    /// <summary>Most stretches that are kept.</summary>
    public const int MaxSteps = 1_000;

    /// <summary>Lengths of a stretch in seconds; each is a multiple of the one before.</summary>
    private static readonly int[] Lengths = [60, 300, 900, 3_600, 4 * 3_600, 12 * 3_600, 24 * 3_600, 7 * 24 * 3_600, 28 * 24 * 3_600, 364 * 24 * 3_600];

    private readonly long[] _hours = new long[24];
    private Dictionary<long, TimeStep> _steps = [];
    private int _length;
    private long _lastIndex = long.MinValue;
    private TimeStep? _last;

    /// <summary>Length of a stretch in seconds.</summary>
    public int StepSeconds => Lengths[_length];

    /// <summary>Requests by hour of the day, UTC.</summary>
    public IReadOnlyList<long> Hours => _hours;

    /// <summary>Requests that found no room: times scattered over more than a thousand years.</summary>
    public long Dropped { get; private set; }

    /// <summary>The stretches with requests, the earliest first.</summary>
    public IEnumerable<(long StartSeconds, TimeStep Step)> Steps => _steps.OrderBy(static entry => entry.Key).Select(entry => (entry.Key * StepSeconds, entry.Value));

    public void Add(in HttpEvent request)
    {
        if (request.TimeMicros < 0) return;
        long seconds = request.TimeMicros / 1_000_000;
        _hours[seconds / 3_600 % 24]++;
        if (Find(seconds) is { } step) step.Add(request);
        else Dropped++;
    }

    private TimeStep? Find(long seconds)
    {
        long index = seconds / StepSeconds;
        if (index == _lastIndex) return _last;
        while (!_steps.ContainsKey(index) && _steps.Count >= MaxSteps)
        {
            if (_length + 1 == Lengths.Length) return null;
            Coarsen();
            index = seconds / StepSeconds;
        }
        if (!_steps.TryGetValue(index, out TimeStep? step)) _steps.Add(index, step = new TimeStep());
        (_lastIndex, _last) = (index, step);
        return step;
    }

    private void Coarsen()
    {
        int factor = Lengths[_length + 1] / Lengths[_length];
        _length++;
        var merged = new Dictionary<long, TimeStep>();
        foreach ((long index, TimeStep step) in _steps)
        {
            if (!merged.TryGetValue(index / factor, out TimeStep? sum)) merged.Add(index / factor, sum = new TimeStep());
            sum.Add(step);
        }
        _steps = merged;
        _lastIndex = long.MinValue;
    }
}

/// <summary>What happened in one stretch of time.</summary>
internal sealed class TimeStep
{
    public long Requests { get; private set; }

    public long ClientErrors { get; private set; }

    public long ServerErrors { get; private set; }

    public long Bytes { get; private set; }

    public void Add(in HttpEvent request)
    {
        Requests++;
        if (request.Status >= 500) ServerErrors++;
        else if (request.Status >= 400) ClientErrors++;
        if (request.ResponseBytes > 0) Bytes += request.ResponseBytes;
    }

    public void Add(TimeStep other)
    {
        Requests += other.Requests;
        ClientErrors += other.ClientErrors;
        ServerErrors += other.ServerErrors;
        Bytes += other.Bytes;
    }
}
