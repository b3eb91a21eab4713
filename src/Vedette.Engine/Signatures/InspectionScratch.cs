using Vedette.Engine.Normalization;

namespace Vedette.Engine.Signatures;

/// <summary>Working memory of one thread for <see cref="RequestInspector"/>; about 330 KiB, made once and reused.</summary>
public sealed class InspectionScratch
{
    internal LeafBuffer Leaves { get; } = new();

    internal RuleHits Hits { get; } = new();

    internal DismissedTexts Agents { get; } = new();

    internal DismissedTexts Referers { get; } = new();

    internal byte[] Lower { get; } = new byte[LeafBuffer.TextCapacity + LeafAnalyzer.MaxNameLength];
}
