using System.Runtime.CompilerServices;

namespace Vedette.Engine.Learning;

/// <summary>Counts status codes in sixteen groups: those that tell something of their own stand alone, the rest go with their hundred.</summary>
[InlineArray(Length)]
internal struct StatusCounts
{
    public const int Length = 16;

    private int _first;

    public void Add(int status) => this[GroupOf(status)]++;

    public void Merge(in StatusCounts other)
    {
        for (int i = 0; i < Length; i++) this[i] += other[i];
    }

    /// <summary>Shannon entropy of the groups, in bits, 0 to 4.</summary>
    public readonly float Entropy(int total)
    {
        double entropy = 0;
        foreach (int count in (ReadOnlySpan<int>)this)
        {
            if (count == 0) continue;
            double share = (double)count / total;
            entropy -= share * Math.Log2(share);
        }
        return (float)entropy;
    }

    internal static int GroupOf(int status) => status switch
    {
        200 => 0,
        201 => 1,
        204 => 2,
        206 => 3,
        >= 200 and < 300 => 4,
        304 => 5,
        >= 300 and < 400 => 6,
        400 or 422 => 7,
        401 => 8,
        403 => 9,
        404 or 410 => 10,
        429 => 11,
        >= 400 and < 500 => 12,
        502 or 503 or 504 => 13,
        >= 500 and < 600 => 14,
        _ => 15,
    };
}
