using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vedette.Engine.Incidents;
using Vedette.Engine.Learning;
using Vedette.Engine.Signatures;
using Vedette.Engine;
using Vedette.Server.Access;
using Vedette.Server.Alerts;
using Vedette.Server.Analysis;
using Vedette.Server.Api;
using Vedette.Server.Ask;
using Vedette.Server.Background;
using Vedette.Server.Dashboard;
using Vedette.Server.Enforcement;
using Vedette.Server.Ingestion;
using Vedette.Server.Inputs;
using Vedette.Server.Live;
using Vedette.Server.Models;
using Vedette.Server.Observability;
using Vedette.Server.Otlp;
using Vedette.Server.Settings;
using Vedette.Storage;

namespace Vedette.Server;

/// <summary>The server: everything it is made of, put together in one place, started and stopped in order.</summary>
/// <remarks>
/// Traffic: <see cref="EventIntake"/> → <see cref="AnalysisLoop"/> → <see cref="StoreWriter"/>. Findings: <see cref="AnalysisLoop"/> → <see cref="ResultWriter"/> → store and
/// <see cref="LiveFeed"/>. Questions: the files in <c>Api/</c>, one for each resource, behind <see cref="AccessGate"/>.
/// </remarks>
public sealed partial class VedetteServer : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(30);

    private readonly VedetteSettings _settings;
    private readonly TimeProvider _time;
    private readonly WebApplication _app;
    private readonly Store _store;
    private readonly AnalysisLoop _analysis;
    private readonly StoreWriter _writer;
    private readonly ResultWriter _results;
    private readonly AlertRouter _alerts;
    private readonly AutomaticDecisions _enforcement;
    private readonly Replay _replay;
    private readonly OtherDoors _otherDoors;
    private readonly Housekeeping _housekeeping;
    private readonly KeyRing _keys;
    private readonly SessionCookies _cookies;
    private readonly SignInLinks _links;
    private readonly RateLimits _limits;
    private readonly Verdicts _verdicts;
    private readonly AlertAllowance _allowance;
    private readonly DecisionList _decisions;
    private readonly ModelKeeper _models;
    private readonly SettingsState _settingsState;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DataFolderLock? _lock;
    private Task _work = Task.CompletedTask;
    private Task _resultWork = Task.CompletedTask;
    private Task _alertWork = Task.CompletedTask;
    private Task _enforcing = Task.CompletedTask;
    private Task _doorWork = Task.CompletedTask;
    private Task _housework = Task.CompletedTask;

    /// <param name="settings">Checked settings.</param>
    /// <param name="store">Where everything is kept; disposed with the server.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public VedetteServer(VedetteSettings settings, Store store, TimeProvider? time = null)
    {
        _settings = settings;
        _store = store;
        _time = time ?? TimeProvider.System;
        WebApplicationBuilder builder = CreateBuilder(settings.Server, settings.Inputs);
        _app = builder.Build();
        ILoggerFactory logs = _app.Services.GetRequiredService<ILoggerFactory>();
        _log = logs.CreateLogger<VedetteServer>();

        // Traffic.
        EngineOptions options = settings.Engine with { Learning = settings.Engine.Learning with { Gather = true } };
        var engine = new DetectionEngine(options);
        Metrics = new ServerMetrics();
        Intake = new EventIntake(settings.Server, engine, new StoreHealth(), Metrics, _time);
        _writer = new StoreWriter(store.Events, Intake, settings.Server, Metrics, _time, logs.CreateLogger<StoreWriter>());
        _analysis = new AnalysisLoop(engine, Intake, _writer, Metrics, _time, logs.CreateLogger<AnalysisLoop>());
        _replay = new Replay(store.Events, engine, _analysis, settings.Server, logs.CreateLogger<Replay>());

        _otherDoors = new OtherDoors(settings.Inputs, Intake, store, _time, logs);

        // Verdicts and models.
        _verdicts = new Verdicts(store.Control);
        _allowance = new AlertAllowance(options, _verdicts, _analysis, _time, logs.CreateLogger<AlertAllowance>());
        var judge = new RequestJudge(settings.Engine.Proxies);
        var directory = new ModelDirectory(settings.Models.Directory.Length > 0 ? settings.Models.Directory : Path.Combine(settings.DataFolder, "models"), settings.Models.Keep);
        _models = new ModelKeeper(directory, settings.Models, settings.Engine.Learning, new FeedbackLabels(_verdicts, store.Results), _analysis, engine, judge, _time, logs.CreateLogger<ModelKeeper>());
        var models = new ModelStates(_models, settings.Engine.Learning);

        // Findings.
        Live = new LiveFeed(settings.Server.MaxLiveClients, _time);
        _results = new ResultWriter(store.Results, Live, Metrics, _time, logs.CreateLogger<ResultWriter>());
        _analysis.WindowJudged = _results.Enqueue;
        _alerts = new AlertRouter(AlertRoute.Of(settings.Alerts, _time), settings.Alerts, _time, logs.CreateLogger<AlertRouter>());
        var alerts = new AlertTally(_time);

        // Access.
        _keys = new KeyRing(store.Control, settings.Access, _time);
        _cookies = new SessionCookies(_keys, settings.Access, _time);
        _links = new SignInLinks(_time);
        _limits = new RateLimits(settings.Access);
        var addresses = new ClientAddress(settings.Engine.Proxies);
        var gate = new AccessGate(_keys, _cookies, _limits, addresses, settings.Access);
        var audit = new AuditLog(store.Control, _time, logs.CreateLogger<AuditLog>());

        // Answers.
        var service = new ServiceState(Intake, _analysis, _models, models, _time);
        _decisions = new DecisionList(store.Control, _time);
        _settingsState = new SettingsState(settings, store.Control) { Changed = ApplyAsync };
        _enforcement = new AutomaticDecisions(_settingsState, _decisions, store.Events, _verdicts, audit, _time, logs.CreateLogger<AutomaticDecisions>());
        _analysis.IncidentsChanged = incidents =>
        {
            Incident[] own = [.. incidents.Where(static incident => incident.PartOf is null)];
            alerts.See(own);
            _alerts.Offer(own);
            _enforcement.Offer(own);
            _results.Enqueue(incidents);
        };
        var parsers = new LogParsers();
        var forecasts = new Forecasts(engine);
        var dashboard = new DashboardFiles();
        UsePipeline(gate, dashboard, logs);
        new Info(service, _analysis, Intake, dashboard, _app.Services.GetRequiredService<EndpointDataSource>()).Map(_app);
        new Api.Status(service, _analysis, Intake, _models, models, store, _allowance, alerts).Map(_app);
        new Logs(Intake, parsers, new Idempotency(store.Events, _time), store.Events, settings.Server).Map(_app);
        new Detect(judge, new RequestInspector(), parsers, service, Metrics, settings.Server, _time).Map(_app);
        new Training(_models, models, parsers, Intake, options, settings.Server, audit).Map(_app);
        new OtlpApi(Intake, parsers, settings.Server).Map(_app);
        new Incidents(store, _verdicts, _enforcement, audit, _time).Map(_app);
        new Stats(store, service, _time).Map(_app);
        new Anomalies(store.Results).Map(_app);
        new Endpoints(store, forecasts, _verdicts, _time).Map(_app);
        new Profiles(store, _verdicts, _time).Map(_app);
        new Decisions(_decisions, audit, _time).Map(_app);
        new AlertsApi(_alerts, audit).Map(_app);
        new SettingsApi(_settingsState, audit).Map(_app);
        new Audit(store.Control).Map(_app);
        new Views(store.Control, audit).Map(_app);
        new Questions(new QuestionRunner(store, () => engine.Forecasts), _time).Map(_app);
        new LiveEvents(Live, _stopping.Token).Map(_app);
        new Sessions(_keys, _cookies, _links, _limits, addresses, audit).Map(_app);
        new Keys(_keys, audit, _time).Map(_app);
        new MetricsPage(Metrics, Intake, _analysis, service, Live, alerts, _alerts, _allowance, _decisions, _enforcement, store).Map(_app);
        _app.MapApiDocument();

        _housekeeping = new Housekeeping(store, _settingsState, Intake, _keys, _decisions, Live, service, _models, _allowance, Metrics, _time, logs.CreateLogger<Housekeeping>());
    }

    /// <summary>Where other doors hand in events.</summary>
    public EventIntake Intake { get; }

    /// <summary>Where other parts tell live readers what happens.</summary>
    public LiveFeed Live { get; }

    /// <summary>What the server counts about itself.</summary>
    public ServerMetrics Metrics { get; }

    /// <summary>The models at work; null if there are none.</summary>
    public ModelSet? ActiveModels => _models.Active;

    /// <summary>What the alarms allowed a day are multiplied by, from what people said about the last ones.</summary>
    public double AlertAllowanceFactor => _allowance.Factor;

    /// <summary>Addresses it listens on, as <c>http://127.0.0.1:8080</c>.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    /// <summary>The administrator's key that this first start has made, to be shown once; null if there is a key already.</summary>
    public string? FirstKey { get; private set; }

    /// <summary>Completes when the store is open; what comes before is refused.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Opens the store if it can be reached, and listens in any case.</summary>
    /// <exception cref="IOException">Another server uses the data folder, or the address is in use or not of this machine.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        // Reading a store blocks a thread now and then.
        ThreadPool.SetMinThreads(Math.Max(workers, 16), ports);
        _lock = DataFolderLock.Take(_settings);
        bool isOpen = await TryOpenAsync(cancellationToken);
        await _app.StartAsync(cancellationToken);
        Addresses = [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
        _work = Task.Run(() => WorkAsync(isOpen), CancellationToken.None);
        _resultWork = Task.Run(() => _results.RunAsync(_stopping.Token), CancellationToken.None);
        _alertWork = Task.Run(() => _alerts.RunAsync(_stopping.Token), CancellationToken.None);
        _enforcing = Task.Run(() => _enforcement.RunAsync(_stopping.Token), CancellationToken.None);
        _doorWork = Task.Run(() => OpenDoorsAsync(), CancellationToken.None);
        _housework = Task.Run(() => _housekeeping.RunAsync(_stopping.Token), CancellationToken.None);
    }

    /// <summary>A link that signs one browser in once, with the rights of the first administrator or of the token; null if nobody could use it.</summary>
    public string? CreateSignInLink()
    {
        string? keyId = _keys.HasToken ? KeyRing.TokenId : _keys.Keys.FirstOrDefault(key => key.Role == Role.Admin.Name() && _keys.FindPrincipal(key.Id) is not null)?.Id;
        if (keyId is null || Addresses.Count == 0) return null;
        string address = Addresses[0].Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal);
        return $"{address}/signin?token={_links.Create(keyId)}";
    }

    /// <summary>Trains on the samples given, else on what was gathered from live traffic; keeps the models and puts them to work. Null if a training runs already.</summary>
    /// <exception cref="ArgumentException">There is too little to learn from; the message says what is missing.</exception>
    public Task<ModelSet?> TrainAsync(TrainerOptions trainer, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken, TrainingData? samples = null) =>
        _models.TrainAsync(samples, trainer, progress, cancellationToken);

    /// <summary>Stops listening, works off what was accepted, writes it, and ends.</summary>
    public async Task StopAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        await _stopping.CancelAsync();
        using var patience = new CancellationTokenSource(DrainTime);
        await _app.StopAsync(patience.Token);
        await _doorWork;
        Intake.Complete();
        await _work;
        await _resultWork;
        await _alertWork;
        await _enforcing;
        await _housework;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        _lock?.Dispose();
        _limits.Dispose();
        _alerts.Dispose();
        _models.Dispose();
        _settingsState.Dispose();
        _stopping.Dispose();
    }

    private async ValueTask<bool> TryOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _store.OpenAsync(cancellationToken);
            await _keys.LoadAsync(cancellationToken);
            FirstKey = await Installation.FirstKeyAsync(_keys, _time, cancellationToken) ?? FirstKey;
            byte[] secret = await Installation.SecretAsync(_store.Control, cancellationToken);
            _cookies.UseSecret(secret);
            Intake.Pseudonyms.Use(secret);
            await _verdicts.LoadAsync(cancellationToken);
            await _decisions.LoadAsync(cancellationToken);
            if (await _settingsState.LoadAsync(cancellationToken) is { } wrong) ServerLog.StoredSettingsWrong(_log, wrong);
            Intake.Health.MarkUp();
            _opened.TrySetResult();
            return true;
        }
        catch (StoreUnavailableException e)
        {
            // Said once for each reason: an outage of hours would fill the log.
            if (Intake.Health.Problem != e.Message) ServerLog.StoreAway(_log, e.Message);
            Intake.Health.MarkDown(e.Message);
            return false;
        }
    }

    /// <summary>The inputs that know no refusal begin when somebody can take what they bring.</summary>
    private async Task OpenDoorsAsync()
    {
        try
        {
            await Opened.WaitAsync(_stopping.Token);
            await _otherDoors.RunAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped before the store was there.
        }
    }

    /// <summary>Puts changed settings to work.</summary>
    private ValueTask ApplyAsync(VedetteSettings changed, CancellationToken cancellationToken)
    {
        _models.TrainsAutomatically = changed.Models.TrainAutomatically;
        _allowance.Use(changed.Engine);
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits for the store, replays what it has, and analyses until the intake ends.</summary>
    private async Task WorkAsync(bool isOpen)
    {
        try
        {
            while (!isOpen)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), _time, _stopping.Token);
                isOpen = await TryOpenAsync(_stopping.Token);
            }
            _models.LoadAtStart();
            IReadOnlyList<Incident> doubtful = await _replay.RunAsync(_stopping.Token);
            _models.BeginAfterReplay();
            _alerts.Know(doubtful);
            _results.Enqueue(doubtful);
        }
        catch (OperationCanceledException)
        {
            _writer.Complete();
            return;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Without its past the engine learns anew; taking traffic matters more.
            ServerLog.ReplayFailed(_log, e);
            _analysis.EndReplay();
        }
        await Task.WhenAll(_analysis.RunAsync(), _writer.RunAsync());
    }
}
