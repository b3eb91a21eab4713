using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Sources;

namespace Vedette.Engine.Tests;

/// <summary>Lines in memory, in batches of a given size.</summary>
internal sealed class LineSource(IEnumerable<string> lines, int linesPerBatch) : IBatchSource
{
    private readonly IEnumerator<string> _lines = lines.GetEnumerator();
    private long _number;

    public IReadOnlyList<string> Names => ["memory"];

    public IReadOnlyList<string> Warnings => [];

    public bool Read(EventBatch batch, CancellationToken cancellationToken = default)
    {
        batch.Clear();
        while (batch.LineCount < linesPerBatch && _lines.MoveNext()) batch.AddLine(batch.Append(Encoding.Latin1.GetBytes(_lines.Current)), ++_number);
        return batch.LineCount > 0;
    }

    public void Dispose() => _lines.Dispose();
}
