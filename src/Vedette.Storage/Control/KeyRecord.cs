namespace Vedette.Storage.Control;

/// <summary>An API key; the key itself is never kept.</summary>
/// <param name="Id">Short public id, part of the key's text.</param>
/// <param name="Name">What for, as its maker wrote.</param>
/// <param name="Role">ingest, viewer, analyst, admin or bouncer.</param>
/// <param name="Hash">SHA-256 of the key, 32 bytes.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when it is refused; null for never.</param>
/// <param name="RevokedAt">From when it was taken back; null for not.</param>
public sealed record KeyRecord(string Id, string Name, string Role, byte[] Hash, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt);

/// <summary>A ban, throttle or captcha for a caller.</summary>
/// <param name="Id">Unique id.</param>
/// <param name="Scope">ip, range or user.</param>
/// <param name="Value">Whom it is about.</param>
/// <param name="Type">ban, throttle or captcha.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Origin">Who decided: <c>manual</c> or a rule's name.</param>
/// <param name="CreatedAt">From when.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="DeletedAt">When it was taken back; null for not.</param>
/// <param name="Incident">The incident behind it, or null.</param>
public sealed record DecisionRecord(string Id, string Scope, string Value, string Type, string Reason, string Origin, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? DeletedAt, string? Incident);

/// <summary>What a person said of an incident.</summary>
/// <param name="Incident">Its id.</param>
/// <param name="Verdict">confirmed, false_positive or benign.</param>
/// <param name="Note">Free text, or null.</param>
/// <param name="By">Id of the key it was given with.</param>
/// <param name="Time">When.</param>
public sealed record FeedbackRecord(string Incident, string Verdict, string? Note, string By, DateTimeOffset Time);

/// <summary>One version of the models; the files are on disk.</summary>
/// <param name="Version">Its name.</param>
/// <param name="CreatedAt">When it was trained.</param>
/// <param name="IsActive">True for the one in use.</param>
/// <param name="LineageJson">Metrics, data and settings it came from.</param>
public sealed record ModelRecord(string Version, DateTimeOffset CreatedAt, bool IsActive, string LineageJson);

/// <summary>An action of somebody with rights.</summary>
/// <param name="Time">When.</param>
/// <param name="By">Id of the key.</param>
/// <param name="Action">What was done: <c>key.create</c>.</param>
/// <param name="Target">To what.</param>
/// <param name="Address">From where.</param>
public sealed record AuditRecord(DateTimeOffset Time, string By, string Action, string Target, string Address);
