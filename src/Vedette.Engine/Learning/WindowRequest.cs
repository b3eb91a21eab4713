namespace Vedette.Engine.Learning;

/// <summary>What window features need to know of one request.</summary>
/// <param name="TimeMicros">Event time, microseconds since 1970.</param>
/// <param name="Endpoint">Fingerprint of method and route template; of the path where no route is known.</param>
/// <param name="Path">Fingerprint of method and path as sent.</param>
/// <param name="Status">Status code; 0 if unknown.</param>
/// <param name="DurationMicros">Server time in microseconds; negative if unknown.</param>
/// <param name="RequestBytes">Size of the request's payload in bytes; negative if unknown.</param>
public readonly record struct WindowRequest(long TimeMicros, ulong Endpoint, ulong Path, int Status, long DurationMicros, long RequestBytes);
