namespace Vedette.Engine.Normalization;

/// <summary>A part of a request that carries text.</summary>
internal enum RequestPart : byte
{
    Path,
    Query,
    Body,
    Cookie,
    Referer,
    UserAgent,
    Header,
}

/// <summary>What a decoded value is.</summary>
internal enum LeafType : byte
{
    Empty,
    Number,
    Uuid,
    Hex,
    Date,
    Word,
    Email,
    Token,
    Url,
    Json,
    Xml,
    Path,
    Text,
}

/// <summary>What had to be undone to reach a leaf.</summary>
[Flags]
internal enum LeafEncodings : ushort
{
    None = 0,
    Percent = 1,

    /// <summary>Percent-encoded again inside percent-encoding.</summary>
    DoublePercent = 2,

    /// <summary>UTF-8 longer than needed (C0 AE for a dot): invalid, so only evasion writes it.</summary>
    Overlong = 4,

    /// <summary>%uXXXX, an encoding no standard knows.</summary>
    PercentUnicode = 8,

    /// <summary>A dot, slash or backslash was percent-encoded beside another dot.</summary>
    EncodedDots = 16,
    Entity = 32,
    Escape = 64,
    Base64 = 128,

    /// <summary>Full-width forms of ASCII punctuation.</summary>
    Fullwidth = 256,
    Json = 512,

    /// <summary>The text is a name (of a parameter, key or header), not a value.</summary>
    IsName = 1024,

    /// <summary>A word was cut into pieces as only a shell puts together again.</summary>
    Shell = 2048,

    /// <summary>Comments, joined literals or escapes of program text were undone.</summary>
    Code = 4096,
}

/// <summary>One decoded value: positions in the text of a <see cref="LeafBuffer"/>.</summary>
internal struct Leaf
{
    public int Start;
    public int Length;
    public int NameStart;
    public int NameLength;
    public RequestPart Part;
    public LeafType Type;
    public LeafEncodings Encodings;

    /// <summary>How many containers or encodings it lay in; 0 for a plain value.</summary>
    public byte Depth;
}
