namespace Vedette.Server.Ingestion;

/// <summary>Why a request body was not taken.</summary>
/// <param name="Status">HTTP status to answer with.</param>
/// <param name="Detail">What is wrong and what would be right.</param>
internal sealed record BodyError(int Status, string Detail);
