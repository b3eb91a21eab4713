namespace Vedette.Engine.Pipeline;

/// <summary>One event of the batch being processed, for one shard.</summary>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Sequence">Its place in the whole stream.</param>
/// <param name="IsPrincipal">True: for the principal who sent it; false: for the address.</param>
internal readonly record struct WorkItem(int Index, bool IsPrincipal, long Sequence);
