using Vedette.Engine.Events;

namespace Vedette.Engine.Normalization;

/// <summary>What one pass over a path tells without any memory: its fingerprints, its shape and which object it names.</summary>
internal struct RequestPath
{
    /// <summary>Segments beyond this many are read as one.</summary>
    public const int MaxSegments = 12;

    /// <summary>Fingerprint of method and path with every identifier replaced by its kind.</summary>
    public ulong Shape;

    /// <summary>Fingerprint of the path as sent.</summary>
    public ulong Exact;

    /// <summary>Fingerprint of the identifiers in the path, in order; 0 if there is none.</summary>
    public ulong Object;

    /// <summary>What is asked for: the path as sent, with the object that its query names.</summary>
    public readonly ulong Target => Exact ^ Object;

    /// <summary>The last numeric identifier, or -1.</summary>
    public long ObjectNumber;

    public PathTraits Traits;

    public static RequestPath Read(RequestMethod method, ReadOnlySpan<byte> path)
    {
        var result = new RequestPath { ObjectNumber = -1, Exact = Fingerprint.Of(path, (ulong)method) };
        ulong shape = (ulong)method + 1;
        int count = 0;
        foreach (Range range in new PathSegments(path))
        {
            ReadOnlySpan<byte> segment = path[range];
            if (++count > MaxSegments) break;
            SegmentKind kind = SegmentClassifier.Classify(segment);
            ulong part = kind == SegmentKind.Literal ? Fingerprint.Of(segment, 1) : (ulong)kind;
            shape = Fingerprint.Combine(shape, part);
            if (kind is SegmentKind.Number or SegmentKind.Identifier or SegmentKind.Date)
            {
                result.Object = Fingerprint.Combine(result.Object, Fingerprint.Of(segment, 2));
                if (kind == SegmentKind.Number) result.ObjectNumber = ReadNumber(segment);
            }
            else if (kind == SegmentKind.Asset)
            {
                result.Traits |= PathTraits.Asset;
            }
            else if (kind == SegmentKind.Literal && LoginWords.Contains(segment, part))
            {
                result.Traits |= PathTraits.Login;
            }
        }
        result.Shape = shape;
        return result;
    }

    /// <summary>The number in <paramref name="query"/> that most likely names an object: the value of <c>id</c> or <c>…_id</c>. -1 if there is none.</summary>
    public static long ReadObjectFromQuery(ReadOnlySpan<byte> query)
    {
        while (!query.IsEmpty)
        {
            int end = query.IndexOf((byte)'&');
            ReadOnlySpan<byte> pair = end < 0 ? query : query[..end];
            query = end < 0 ? default : query[(end + 1)..];
            int equals = pair.IndexOf((byte)'=');
            if (equals < 2) continue;
            ReadOnlySpan<byte> name = pair[..equals];
            ReadOnlySpan<byte> value = pair[(equals + 1)..];
            bool namesObject = (name[^2] | 0x20) == 'i' && (name[^1] | 0x20) == 'd' && (name.Length == 2 || name[^3] is (byte)'_' or (byte)'-' || name[^2] == (byte)'I');
            if (namesObject && value.Length is > 0 and <= 18 && !value.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return ReadNumber(value);
        }
        return -1;
    }

    private static long ReadNumber(ReadOnlySpan<byte> digits)
    {
        long value = 0;
        foreach (byte b in digits.Length > 18 ? digits[^18..] : digits)
            if ((uint)(b - '0') <= 9) value = value * 10 + (b - '0');
        return value;
    }
}

/// <summary>What the words of a path tell.</summary>
[Flags]
internal enum PathTraits : byte
{
    None = 0,

    /// <summary>A picture, script or style sheet.</summary>
    Asset = 1,

    /// <summary>A word that names a place to log in.</summary>
    Login = 2,

    /// <summary>A password stands in the query.</summary>
    Password = 4,

    /// <summary>The login is named by the query, not by the path: other requests for the same path are none.</summary>
    LoginAction = 8,
}
