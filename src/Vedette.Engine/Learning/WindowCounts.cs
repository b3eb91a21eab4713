namespace Vedette.Engine.Learning;

/// <summary>The requests of one caller over a stretch of time, in a form that adds up. A mutable struct of about 230 bytes without references.</summary>
internal struct WindowCounts
{
    private const long MicrosPerMilli = 1000;

    public int Requests;
    public int Errors;
    public int Repeats;

    /// <summary>Requests whose duration is known.</summary>
    public int Timed;

    /// <summary>Requests whose payload size is known.</summary>
    public int Sized;

    public long DurationMicros;
    public long LongestMicros;
    public long RequestBytes;
    public DistinctCount Endpoints;
    public StatusCounts Statuses;

    /// <param name="request">The request.</param>
    /// <param name="isRepeat">It asks for the same path as the caller's request before.</param>
    public void Add(in WindowRequest request, bool isRepeat)
    {
        Requests++;
        if (request.Status >= 400) Errors++;
        if (isRepeat) Repeats++;
        if (request.DurationMicros >= 0)
        {
            Timed++;
            DurationMicros += request.DurationMicros;
            LongestMicros = Math.Max(LongestMicros, request.DurationMicros);
        }
        if (request.RequestBytes >= 0)
        {
            Sized++;
            RequestBytes += request.RequestBytes;
        }
        Endpoints.Add(request.Endpoint);
        Statuses.Add(request.Status);
    }

    public void Merge(in WindowCounts other)
    {
        Requests += other.Requests;
        Errors += other.Errors;
        Repeats += other.Repeats;
        Timed += other.Timed;
        Sized += other.Sized;
        DurationMicros += other.DurationMicros;
        LongestMicros = Math.Max(LongestMicros, other.LongestMicros);
        RequestBytes += other.RequestBytes;
        Endpoints.Merge(other.Endpoints);
        Statuses.Merge(other.Statuses);
    }

    /// <summary>Writes the first eight of <see cref="WindowFeatures"/>; all 0 if there was no request.</summary>
    public readonly void Read(Span<float> features)
    {
        features[..WindowFeatures.BasicCount].Clear();
        if (Requests == 0) return;
        features[WindowFeatures.ReqCount] = Requests;
        features[WindowFeatures.ErrorRate] = (float)Errors / Requests;
        features[WindowFeatures.AvgResponseTime] = Timed == 0 ? 0 : (float)((double)DurationMicros / Timed / MicrosPerMilli);
        features[WindowFeatures.MaxResponseTime] = (float)LongestMicros / MicrosPerMilli;
        features[WindowFeatures.PayloadMean] = Sized == 0 ? 0 : (float)((double)RequestBytes / Sized);
        features[WindowFeatures.UniqueEndpoints] = Endpoints.Estimate;
        features[WindowFeatures.RepeatRate] = (float)Repeats / Requests;
        features[WindowFeatures.StatusEntropy] = Statuses.Entropy(Requests);
    }
}
