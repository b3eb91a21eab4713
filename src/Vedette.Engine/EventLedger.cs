using System.Runtime.InteropServices;
using Vedette.Engine.Behavior;
using Vedette.Engine.Detection;
using Vedette.Engine.Events;
using Vedette.Engine.Incidents;
using Vedette.Engine.Normalization;
using Vedette.Engine.Pipeline;
using Vedette.Engine.Signatures;

namespace Vedette.Engine;

/// <summary>Remembers every event of a run in 56 bytes on disk, so that at the end each line can be told what incident it belonged to.</summary>
/// <remarks>An incident is often clear only after its first requests; judged at the end, those count as well.</remarks>
public sealed class EventLedger(Stream spool)
{
    private const long SlackMicros = 60_000_000;
    private const int ChunkRows = 4096;

    private readonly Row[] _buffer = new Row[ChunkRows];
    private int _buffered;

    /// <summary>Notes the events of a batch that <see cref="DetectionEngine.Process"/> has taken in.</summary>
    public void Add(PreparedBatch batch)
    {
        Span<HttpEvent> events = batch.Events.Events;
        Span<PreparedEvent> prepared = batch.Prepared;
        for (int i = 0; i < events.Length; i++)
        {
            _buffer[_buffered++] = MakeRow(events[i], prepared[i]);
            if (_buffered == ChunkRows) Flush();
        }
    }

    /// <summary>Reads the notes back, in order, and judges each event by the incidents that were found.</summary>
    /// <param name="incidents">All incidents of the run.</param>
    /// <param name="onVerdict">Called once per event. The verdict's types are in a list that is reused.</param>
    public void Judge(IReadOnlyList<Incident> incidents, Action<EventVerdict> onVerdict)
    {
        Flush();
        Dictionary<ulong, List<Incident>> byCaller = IndexByCaller(incidents);
        var types = new List<IncidentType>();
        spool.Position = 0;
        Span<byte> bytes = MemoryMarshal.AsBytes(_buffer.AsSpan());
        int read;
        while ((read = spool.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 0)
        {
            foreach (ref readonly Row row in MemoryMarshal.Cast<byte, Row>(bytes[..read])) onVerdict(Judge(row, byCaller, types));
        }
    }

    private static EventVerdict Judge(in Row row, Dictionary<ulong, List<Incident>> byCaller, List<IncidentType> types)
    {
        types.Clear();
        double score = EventOutcome.Suspicion(row.Flags, row.Status, row.PayloadScore);
        Incident? gravest = null;
        foreach (ulong key in (ReadOnlySpan<ulong>)[row.AddressKey, row.PrincipalKey])
        {
            if (key == 0 || !byCaller.TryGetValue(key, out List<Incident>? candidates)) continue;
            foreach (Incident incident in candidates)
            {
                if (!Covers(incident, row)) continue;
                if (!types.Contains(incident.Type)) types.Add(incident.Type);
                if (gravest is null || incident.Risk > gravest.Risk) gravest = incident;
            }
        }
        if ((row.Flags & PreparedFlags.Attack) != 0)
        {
            foreach (IncidentType type in new EventOutcome(null, 0, (PayloadClasses)row.PayloadKinds, IsLate: false).Types)
                if (!types.Contains(type)) types.Add(type);
        }
        if (gravest is not null) score = Math.Max(score, 0.5 + gravest.Risk / 200.0);
        bool isAnomaly = gravest is not null || (row.Flags & PreparedFlags.Attack) != 0;
        return new EventVerdict(row.Source, row.Line, Math.Round(score, 4), isAnomaly, types, gravest?.Id);
    }

    private static bool Covers(Incident incident, in Row row)
    {
        long since = ToMicros(incident.FirstSeen) - SlackMicros;
        long until = ToMicros(incident.LastSeen) + SlackMicros;
        if (row.Time < since || row.Time > until) return false;
        if (incident.Type.IsPayload()) return (row.Flags & PreparedFlags.Attack) != 0;
        if (incident.Type.IsLogin()) return row.IsLogin || incident.Type == IncidentType.AccountTakeover;
        if (incident.Type is IncidentType.ObjectEnumeration or IncidentType.DataScraping) return incident.Route == 0 || row.Route == incident.Route;
        return true;
    }

    private static Dictionary<ulong, List<Incident>> IndexByCaller(IReadOnlyList<Incident> incidents)
    {
        var index = new Dictionary<ulong, List<Incident>>();
        foreach (Incident incident in incidents)
        {
            foreach (ulong key in incident.CallerKeys)
            {
                if (!index.TryGetValue(key, out List<Incident>? list)) index.Add(key, list = []);
                if (!list.Contains(incident)) list.Add(incident);
            }
        }
        return index;
    }

    private static Row MakeRow(in HttpEvent request, in PreparedEvent prepared) => new()
    {
        Line = request.Line,
        Time = prepared.Time,
        AddressKey = prepared.AddressKey,
        PrincipalKey = prepared.PrincipalKey,
        PayloadScore = prepared.PayloadScore,
        PayloadKinds = prepared.PayloadKinds,
        Route = prepared.Route,
        Source = request.Source,
        Status = request.Status,
        Flags = prepared.Flags,
        IsLogin = (prepared.Path.Traits & PathTraits.Login) != 0,
    };

    private static long ToMicros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / 10;

    private void Flush()
    {
        spool.Write(MemoryMarshal.AsBytes(_buffer.AsSpan(0, _buffered)));
        _buffered = 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Row
    {
        public long Line;
        public long Time;
        public ulong AddressKey;
        public ulong PrincipalKey;
        public float PayloadScore;
        public uint PayloadKinds;
        public int Route;
        public ushort Source;
        public short Status;
        public PreparedFlags Flags;
        public bool IsLogin;
    }
}

/// <summary>What came of one event.</summary>
/// <param name="Source">Index of its source.</param>
/// <param name="Line">1-based line there.</param>
/// <param name="Score">How anomalous, in [0, 1].</param>
/// <param name="IsAnomaly">True if it belongs to an incident or carries an attack.</param>
/// <param name="Types">Types it was taken for; a list that is reused for the next verdict.</param>
/// <param name="Incident">Id of the gravest incident it belongs to; null if none.</param>
public readonly record struct EventVerdict(int Source, long Line, double Score, bool IsAnomaly, IReadOnlyList<IncidentType> Types, string? Incident);
