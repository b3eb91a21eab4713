using System.Text.Json.Serialization;
using Vedette.Server.Live;
using Vedette.Storage.Events;

namespace Vedette.Server.Api;

/// <summary>How records look on the wire: snake_case, times in UTC with milliseconds. Made at build time, so nothing is looked up at run time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(TimeConverter)])]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ListOf<StoredEvent>))]
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
internal sealed partial class WireJson : JsonSerializerContext;
