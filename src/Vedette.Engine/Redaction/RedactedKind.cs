namespace Vedette.Engine.Redaction;

/// <summary>What a text is, which decides where a value in it ends.</summary>
public enum RedactedKind
{
    /// <summary>Free text: a log line, a body, a path.</summary>
    Text,

    /// <summary>A query: values end at <c>&amp;</c> only.</summary>
    Query,

    /// <summary>Headers, one <c>Name: value</c> a line.</summary>
    Headers,

    /// <summary>Cookies: <c>a=1; b=2</c>. All values are masked.</summary>
    Cookies,
}
