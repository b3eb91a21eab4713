namespace Vedette.Engine.Pipeline;

/// <summary>One event for one shard.</summary>
/// <param name="Batch">The batch the event stands in.</param>
/// <param name="Index">Its place there.</param>
/// <param name="Sequence">Its place in the whole stream.</param>
/// <param name="IsPrincipal">True: for the principal who sent it; false: for the address.</param>
internal readonly record struct WorkItem(PreparedBatch Batch, int Index, long Sequence, bool IsPrincipal);
