namespace Vedette.Server.Access;

/// <summary>Who sends a request.</summary>
/// <param name="Id">Id of the key; <c>token</c> for AUTH_TOKEN; empty for nobody.</param>
/// <param name="Name">What the key is for, as its maker wrote.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Session">The browser session it came with; null for a key.</param>
public sealed record Principal(string Id, string Name, Role Role, Session? Session = null)
{
    public static Principal Nobody { get; } = new("", "", Role.Anonymous);
}
