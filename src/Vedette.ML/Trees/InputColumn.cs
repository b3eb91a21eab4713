using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vedette.ML.Trees;

/// <summary>What a split does with a row whose value is missing. The numbers are part of the model file.</summary>
internal enum MissingValue : byte
{
    /// <summary>NaN goes right.</summary>
    NaNRight = 0,

    /// <summary>NaN goes left.</summary>
    NaNLeft = 1,

    /// <summary>NaN counts as zero.</summary>
    NaNAsZero = 2,

    /// <summary>NaN and zero go right.</summary>
    ZeroRight = 3,

    /// <summary>NaN and zero go left.</summary>
    ZeroLeft = 4,
}

/// <summary>One feature under one treatment of missing values: what the nodes of an ensemble compare with.</summary>
/// <remarks>
/// Comparisons are made on integers that sort as the numbers do. A missing value becomes the largest or the smallest key, so a split needs no
/// test for it: a node that sends missing values left reads the column in which they are smallest.
/// </remarks>
internal readonly record struct InputColumn(int Feature, MissingValue Missing)
{
    /// <summary>Threshold of a leaf: no key reaches it, so a row stays.</summary>
    public const int UnreachableKey = int.MaxValue;

    /// <summary>What a missing value that goes right becomes; no number has it.</summary>
    public const int MissingHighKey = int.MaxValue - 1;
    private const int MissingLowKey = int.MinValue;

    // LightGBM's kZeroThreshold: its text models count anything this small as zero.
    private const float ZeroBound = 1e-35f;

    /// <summary>The key of a value that is not NaN; −0 and +0 share one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int KeyOf(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value + 0f);
        return bits ^ ((bits >> 31) & int.MaxValue);
    }

    /// <summary>The number that <see cref="KeyOf"/> made <paramref name="key"/> of.</summary>
    public static float ValueOf(int key) => BitConverter.Int32BitsToSingle(key ^ ((key >> 31) & int.MaxValue));

    /// <summary>The key of any value under this column's treatment.</summary>
    public int Key(float value) => Missing switch
    {
        MissingValue.NaNRight => float.IsNaN(value) ? MissingHighKey : KeyOf(value),
        MissingValue.NaNLeft => float.IsNaN(value) ? MissingLowKey : KeyOf(value),
        MissingValue.NaNAsZero => float.IsNaN(value) ? 0 : KeyOf(value),
        MissingValue.ZeroRight => IsZeroOrNaN(value) ? MissingHighKey : KeyOf(value),
        _ => IsZeroOrNaN(value) ? MissingLowKey : KeyOf(value),
    };

    /// <summary><see cref="Key"/> of this column's value in each of several rows.</summary>
    /// <param name="rows">Row-major, <paramref name="featureCount"/> values per row.</param>
    /// <param name="featureCount">Values per row.</param>
    /// <param name="keys">Receives one key per row.</param>
    public unsafe void Keys(ReadOnlySpan<float> rows, int featureCount, Span<int> keys)
    {
        int row = 0;
        if (Avx2.IsSupported)
        {
            bool zeroIsMissing = Missing is MissingValue.ZeroRight or MissingValue.ZeroLeft;
            var missingKey = Vector256.Create(Key(float.NaN));
            var steps = Vector256<int>.Indices * featureCount;
            fixed (float* first = rows)
            {
                for (; row + Vector256<int>.Count <= keys.Length; row += Vector256<int>.Count)
                {
                    var values = Avx2.GatherVector256(first + (nint)row * featureCount + Feature, steps, sizeof(float));
                    var missing = zeroIsMissing
                        ? ~Vector256.GreaterThan(Vector256.Abs(values), Vector256.Create(ZeroBound))
                        : ~Vector256.Equals(values, values);
                    var bits = (values + Vector256<float>.Zero).AsInt32();
                    var key = bits ^ ((bits >> 31) & Vector256.Create(int.MaxValue));
                    Vector256.ConditionalSelect(missing.AsInt32(), missingKey, key).CopyTo(keys[row..]);
                }
            }
        }
        for (; row < keys.Length; row++) keys[row] = Key(rows[row * featureCount + Feature]);
    }

    /// <summary>Whether a row with <paramref name="value"/> goes left at <paramref name="threshold"/>: the definition, without keys.</summary>
    public bool GoesLeft(float value, float threshold) => Missing switch
    {
        MissingValue.NaNRight => value < threshold,
        MissingValue.NaNLeft => float.IsNaN(value) || value < threshold,
        MissingValue.NaNAsZero => (float.IsNaN(value) ? 0 : value) < threshold,
        MissingValue.ZeroRight => !IsZeroOrNaN(value) && value < threshold,
        _ => IsZeroOrNaN(value) || value < threshold,
    };

    private static bool IsZeroOrNaN(float value) => !(MathF.Abs(value) > ZeroBound);
}
