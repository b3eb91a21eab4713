using System.Runtime.CompilerServices;
using Vedette.Engine.Behavior;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Learning;

/// <summary>What is kept of one request to learn from or to judge it: numbers only, no text. About 130 bytes.</summary>
internal struct RequestFacts
{
    public long Sequence;
    public long TimeMicros;
    public long DurationMicros;
    public long RequestBytes;
    public long ResponseBytes;
    public int Route;
    public short Status;
    public UserAgentKind Agent;
    public bool IsProbe;
    public bool IsMalformed;
    public bool IsWrite;
    public bool IsSuspect;
    public float SignatureScore;
    public int PathLength;
    public int PathDepth;
    public int QueryLength;
    public int LongestValue;
    public float DigitShare;
    public float SpecialShare;
    public float EncodedShare;
    public ParameterNames Parameters;
    public CallerManner Caller;

    public static RequestFacts Of(EventBatch batch, in HttpEvent request, in PreparedEvent prepared)
    {
        var facts = new RequestFacts
        {
            TimeMicros = prepared.Time,
            DurationMicros = request.ServerMicros,
            RequestBytes = request.RequestBytes,
            ResponseBytes = request.ResponseBytes,
            Route = prepared.Route,
            Status = request.Status,
            Agent = prepared.Agent,
            IsProbe = (prepared.Flags & PreparedFlags.Probe) != 0,
            IsMalformed = (request.Flags & EventFlags.MalformedRequest) != 0,
            IsWrite = !request.Method.IsSafe(),
            SignatureScore = prepared.PayloadScore,
            PathLength = request.Path.Length,
            QueryLength = request.Query.Length,
        };
        ReadOnlySpan<byte> path = batch[request.Path];
        ReadOnlySpan<byte> query = batch[request.Query];
        foreach (byte b in path) facts.PathDepth += b == '/' ? 1 : 0;
        facts.ReadParameters(query);
        facts.ReadCharacters(path, query);
        return facts;
    }

    private void ReadParameters(ReadOnlySpan<byte> query)
    {
        while (!query.IsEmpty)
        {
            int end = query.IndexOf((byte)'&');
            ReadOnlySpan<byte> pair = end < 0 ? query : query[..end];
            query = end < 0 ? default : query[(end + 1)..];
            int equals = pair.IndexOf((byte)'=');
            Parameters.Add((uint)Fingerprint.Of(equals < 0 ? pair : pair[..equals], 30));
            LongestValue = Math.Max(LongestValue, equals < 0 ? 0 : pair.Length - equals - 1);
        }
    }

    private void ReadCharacters(ReadOnlySpan<byte> path, ReadOnlySpan<byte> query)
    {
        int digits = 0, special = 0, encoded = 0;
        Count(path, ref digits, ref special, ref encoded);
        Count(query, ref digits, ref special, ref encoded);
        float total = Math.Max(1, path.Length + query.Length);
        (DigitShare, SpecialShare, EncodedShare) = (digits / total, special / total, encoded / total);
    }

    private static void Count(ReadOnlySpan<byte> text, ref int digits, ref int special, ref int encoded)
    {
        foreach (byte b in text)
        {
            if (b == '%') encoded++;
            else if ((uint)(b - '0') <= 9) digits++;
            else if ((uint)((b | 0x20) - 'a') > 25 && b is not ((byte)'/' or (byte)'-' or (byte)'_' or (byte)'.' or (byte)'=' or (byte)'&')) special++;
        }
    }

    /// <summary>Fingerprints of the first parameters' names, and how many parameters there are.</summary>
    internal struct ParameterNames
    {
        public const int Kept = 8;

        private Names _names;

        public int Count { get; private set; }

        public readonly int KeptCount => Math.Min(Count, Kept);

        public readonly uint this[int index] => _names[index];

        public void Add(uint name)
        {
            if (Count < Kept) _names[Count] = name;
            Count++;
        }

        [InlineArray(Kept)]
        private struct Names
        {
            private uint _first;
        }
    }
}

/// <summary>How the caller has behaved up to a request.</summary>
/// <param name="RequestsTenMinutes">Its requests in ten minutes, this one included.</param>
/// <param name="SuccessRatio">Share of these answered below 400.</param>
/// <param name="SessionMinutes">Minutes since its session began.</param>
internal readonly record struct CallerManner(int RequestsTenMinutes, float SuccessRatio, float SessionMinutes)
{
    public static CallerManner Of(in CallerState caller, long time)
    {
        ref readonly Counts window = ref caller.Recent.Window;
        int requests = Math.Max(1, window[Counter.Requests]);
        return new CallerManner(requests, 1 - (float)(window[Counter.ClientErrors] + window[Counter.ServerErrors]) / requests, Math.Max(0, time - caller.EpisodeStart) / 60e6f);
    }
}
