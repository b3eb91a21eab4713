using Vedette.Engine.Events;

namespace Vedette.Engine.Normalization;

/// <summary>One endpoint: a method and a path template.</summary>
/// <param name="Id">Index in the <see cref="RouteTable"/>; 0 is "no known route".</param>
/// <param name="Method">Request method.</param>
/// <param name="Template">Path with placeholders: <c>/orders/{id}</c>.</param>
/// <param name="Traits">What its words tell.</param>
public sealed record Route(int Id, RequestMethod Method, string Template, RouteTraits Traits)
{
    /// <summary>Number of events seen on it.</summary>
    public long Events { get; internal set; }

    /// <summary>The method in capitals.</summary>
    internal string MethodName { get; } = Method.ToString().ToUpperInvariant();

    public override string ToString() => $"{MethodName} {Template}";
}

/// <summary>What the words of a route tell about it.</summary>
[Flags]
public enum RouteTraits : byte
{
    None = 0,

    /// <summary>Credentials are sent here.</summary>
    Login = 1,

    /// <summary>A picture, script or style sheet.</summary>
    Asset = 2,

    /// <summary>Names one object.</summary>
    HasObject = 4,

    /// <summary>Objects that belong to somebody: accounts, orders, invoices.</summary>
    Personal = 8,

    /// <summary>Changes who controls an account or where money goes: password, e-mail, second factor, transfer.</summary>
    Sensitive = 16,

    /// <summary>Of these, what changes who controls the account.</summary>
    Credentials = 32,
}
