using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Vedette.Server.Ask;
using Vedette.Server.Live;
using Vedette.Storage.Control;
using Vedette.Storage.Events;

namespace Vedette.Server.Api;

/// <summary>How records look on the wire: snake_case, times in UTC with milliseconds. Made at build time, so nothing is looked up at run time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(TimeConverter)])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ListOf<StoredEvent>))]
[JsonSerializable(typeof(EventRequest))]
[JsonSerializable(typeof(LogsTaken))]
[JsonSerializable(typeof(IncidentRow))]
[JsonSerializable(typeof(IncidentDetail))]
[JsonSerializable(typeof(ListOf<IncidentRow>))]
[JsonSerializable(typeof(FeedbackRequest))]
[JsonSerializable(typeof(Feedback))]
[JsonSerializable(typeof(SessionState))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(ListOf<KeyRow>))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(ServiceInfo))]
[JsonSerializable(typeof(HealthState))]
[JsonSerializable(typeof(ReadyState))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(StatsDocument))]
[JsonSerializable(typeof(LiveStats))]
[JsonSerializable(typeof(LivePhase))]
[JsonSerializable(typeof(QuestionRequest))]
[JsonSerializable(typeof(QuestionAnswer))]
[JsonSerializable(typeof(DetectQuestion))]
[JsonSerializable(typeof(DetectBatchQuestion))]
[JsonSerializable(typeof(DetectVerdict))]
[JsonSerializable(typeof(DetectBatchAnswer))]
[JsonSerializable(typeof(DetectLogsAnswer))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(Dictionary<string, double>))]
[JsonSerializable(typeof(AnomalyRow))]
[JsonSerializable(typeof(ListOf<AnomalyRow>))]
[JsonSerializable(typeof(TrainRequest))]
[JsonSerializable(typeof(TrainAnswer))]
[JsonSerializable(typeof(LoadModelRequest))]
[JsonSerializable(typeof(ModelLoaded))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ListOf<EndpointRow>))]
[JsonSerializable(typeof(EndpointAnalytics))]
[JsonSerializable(typeof(CallerProfile))]
[JsonSerializable(typeof(SettingsDocument))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(ListOf<AuditRecord>))]
[JsonSerializable(typeof(SavedViews))]
[JsonSerializable(typeof(ListOf<DecisionRow>))]
[JsonSerializable(typeof(DecisionRow))]
[JsonSerializable(typeof(DecisionRequest))]
[JsonSerializable(typeof(DecisionStream))]
[JsonSerializable(typeof(IReadOnlyList<StreamedDecision>))]
[JsonSerializable(typeof(AlertTest))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>What answers are written with: text stays legible, since no answer is ever put into a page.</summary>
    public static WireJson Wire => field ??= new WireJson(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
