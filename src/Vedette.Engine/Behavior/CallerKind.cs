namespace Vedette.Engine.Behavior;

/// <summary>How a caller is known.</summary>
public enum CallerKind : byte
{
    /// <summary>By network address; IPv6 by its /64.</summary>
    Address,
    User,
    Session,
    ApiKey,
}
