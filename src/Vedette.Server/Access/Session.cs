namespace Vedette.Server.Access;

/// <summary>A browser that has signed in.</summary>
/// <param name="Id">Random, 128 bits as text.</param>
/// <param name="KeyId">The key it was signed in with.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record Session(string Id, string KeyId, DateTimeOffset ExpiresAt);
