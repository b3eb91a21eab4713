using System.Globalization;
using Vedette.Engine.Detection;
using Vedette.Engine.Incidents;
using Vedette.Lab.Attacks;
using Vedette.Lab.Simulation;

namespace Vedette.Lab.Datasets;

/// <summary>Writes a training set as CSV: simulated traffic and imported requests, one row each, columns as <see cref="DatasetColumn.Names"/>.</summary>
/// <remarks>Not thread-safe. The caller owns the output.</remarks>
public sealed class DatasetWriter
{
    private readonly CsvTextWriter _csv;

    /// <summary>Writes the header.</summary>
    public DatasetWriter(TextWriter output)
    {
        _csv = new CsvTextWriter(output);
        foreach (string name in DatasetColumn.Names) _csv.Text(name);
        _csv.EndRecord();
    }

    /// <summary>What was written so far.</summary>
    public DatasetTally Tally { get; } = new();

    /// <summary>Writes a simulated traffic to its end.</summary>
    /// <param name="options">Which traffic.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    /// <exception cref="OperationCanceledException">The writing was cancelled.</exception>
    public void Write(SimulationOptions options, CancellationToken cancellationToken)
    {
        var simulator = new TrafficSimulator(options);
        var windows = new CallerWindows();
        Span<float> features = stackalloc float[CallerWindows.Names.Count];
        var request = default(TrafficEvent);
        string source = $"simulator:{options.Api}";
        while (simulator.TryRead(ref request))
        {
            windows.Add(request, features);
            TruthEntry? truth = request.Truth < 0 ? null : simulator.Truth[request.Truth];
            WriteEvent(request, source);
            WriteLabels(request, truth);
            foreach (float feature in features) _csv.Number(feature);
            _csv.EndRecord();
            Tally.Add(request, truth, source);
            if ((Tally.Rows & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Writes requests of the CSIC 2010 data set. They have neither times nor answers: those columns stay empty, and so do the window features.</summary>
    public void Write(IEnumerable<CsicRequest> requests, bool isAttack)
    {
        const string source = "csic2010";
        foreach (CsicRequest request in requests)
        {
            _csv.Text(null);
            foreach (string? text in (ReadOnlySpan<string?>)[request.Method, request.Path, request.Query, null, null, null, null, null, request.Session, null]) _csv.Text(text);
            _csv.Number((long)request.Bytes);
            foreach (string? text in (ReadOnlySpan<string?>)[null, request.UserAgent, request.Referer, request.Host, request.Protocol, request.Headers, request.Body, source]) _csv.Text(text);
            _csv.Number(isAttack ? 1L : 0L);
            // The data set says "anomalous" and gives no class.
            foreach (string? text in (ReadOnlySpan<string?>)[isAttack ? "anomalous" : "normal", "shop", null, null, null]) _csv.Text(text);
            for (int i = 0; i < CallerWindows.Names.Count; i++) _csv.Text(null);
            _csv.EndRecord();
            Tally.Add(isAttack, isAttack ? "anomalous" : "normal", source);
        }
    }

    private void WriteEvent(in TrafficEvent request, string source)
    {
        _csv.Text(DateTime.UnixEpoch.AddMicroseconds(request.TimeMicros).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        _csv.Text(request.IsMalformed ? "" : request.Method);
        _csv.Text(request.Path);
        _csv.Text(request.Query);
        _csv.Text(request.Route);
        _csv.Number((long)request.Status);
        _csv.Number(request.DurationMicros / 1000.0);
        _csv.Text(request.Client);
        _csv.Text(request.User);
        _csv.Text(request.Session);
        _csv.Text(HashKey(request.ApiKey));
        _csv.Number(request.RequestBytes);
        _csv.Number(request.ResponseBytes);
        foreach (string? text in (ReadOnlySpan<string?>)[request.UserAgent, request.Referer, request.Host, request.IsMalformed ? "" : request.Protocol, request.Header, request.Body, source]) _csv.Text(text);
    }

    private void WriteLabels(in TrafficEvent request, TruthEntry? truth)
    {
        bool isAttack = truth is not null && truth.Type.IsAttack();
        _csv.Number(isAttack ? 1L : 0L);
        _csv.Text(isAttack ? truth!.Type.Name() : "normal");
        _csv.Text(truth?.Scenario);
        _csv.Text(isAttack ? truth!.Intensity.ToString().ToLowerInvariant() : null);
        _csv.Text(isAttack ? OwaspOf(truth!) : null);
        _csv.Text(request.ClientKind.ToString().ToLowerInvariant());
    }

    private static string OwaspOf(TruthEntry truth)
    {
        if (OwaspScenario.Find(truth.Scenario) is { } scenario) return scenario.Id;
        return IncidentTypes.TryParse(truth.Type.Name(), out IncidentType type) ? string.Join(' ', Taxonomy.OwaspApi(type)) : "";
    }

    /// <summary>Keys leave this program only as a fingerprint, invented ones too: what looks like a key sets off every secret scanner.</summary>
    private static string? HashKey(string? key) =>
        key is null ? null : string.Create(CultureInfo.InvariantCulture, $"{Engine.Events.Fingerprint.Of(System.Text.Encoding.UTF8.GetBytes(key)):x16}");
}
