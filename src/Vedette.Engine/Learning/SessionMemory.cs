using Vedette.Engine.Behavior;

namespace Vedette.Engine.Learning;

/// <summary>What is remembered of the sessions that single requests are asked about: bounded, the longest unused go first. Thread-safe.</summary>
internal sealed class SessionMemory(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, Session> _sessions = [];
    private readonly Queue<(ulong Key, long Use)> _uses = new();
    private long _use;

    /// <summary>Sessions remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _sessions.Count;
        }
    }

    /// <summary>Sessions forgotten for lack of room.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Takes a request of a session in.</summary>
    /// <param name="key">Fingerprint of the session.</param>
    /// <param name="timeMicros">Time of the request.</param>
    /// <param name="status">Its status.</param>
    /// <param name="token">Its token.</param>
    /// <param name="tokens">Receives the session's last tokens with this one; at least <see cref="TokenRing.Capacity"/> places.</param>
    /// <param name="count">Receives how many.</param>
    /// <returns>How the session has behaved, this request included.</returns>
    public CallerManner Note(ulong key, long timeMicros, int status, int token, Span<int> tokens, out int count)
    {
        lock (_lock)
        {
            Session session = Find(key, timeMicros);
            if (timeMicros - session.Last > CallerState.EpisodeGapMicros) session.Begin(timeMicros);
            session.Last = Math.Max(session.Last, timeMicros);
            session.Recent.Advance(timeMicros);
            session.Recent.Add(Counter.Requests);
            if (status >= 400) session.Recent.Add(Counter.ClientErrors);
            session.Add(token);
            count = session.CopyTo(tokens);
            int requests = session.Recent.Window[Counter.Requests];
            return new CallerManner(requests, 1 - (float)session.Recent.Window[Counter.ClientErrors] / Math.Max(1, requests), Math.Max(0, timeMicros - session.Since) / 60e6f);
        }
    }

    private Session Find(ulong key, long timeMicros)
    {
        if (!_sessions.TryGetValue(key, out Session? session))
        {
            if (_sessions.Count >= capacity) ForgetOldest();
            session = new Session();
            session.Begin(timeMicros);
            _sessions.Add(key, session);
        }
        session.Use = ++_use;
        // One entry a session at a time: it is put back when it comes up and was used again meanwhile.
        if (!session.IsQueued) _uses.Enqueue((key, _use));
        session.IsQueued = true;
        return session;
    }

    private void ForgetOldest()
    {
        while (_uses.TryDequeue(out var oldest))
        {
            Session session = _sessions[oldest.Key];
            if (session.Use != oldest.Use)
            {
                _uses.Enqueue((oldest.Key, session.Use));
                continue;
            }
            _sessions.Remove(oldest.Key);
            Forgotten++;
            return;
        }
    }

    private sealed class Session
    {
        private readonly int[] _tokens = new int[TokenRing.Capacity];
        private int _added;

        public SlidingCounts Recent;

        public long Since { get; private set; }

        public long Last { get; set; }

        public long Use { get; set; }

        public bool IsQueued { get; set; }

        public void Begin(long timeMicros)
        {
            Since = Last = timeMicros;
            _added = 0;
        }

        public void Add(int token) => _tokens[_added++ % _tokens.Length] = token;

        public int CopyTo(Span<int> tokens)
        {
            int count = Math.Min(_added, _tokens.Length);
            for (int i = 0; i < count; i++) tokens[i] = _tokens[(_added - count + i) % _tokens.Length];
            return count;
        }
    }
}
