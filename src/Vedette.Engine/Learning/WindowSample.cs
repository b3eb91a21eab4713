using Vedette.Engine.Behavior;

namespace Vedette.Engine.Learning;

/// <summary>One window as it is kept for training.</summary>
/// <param name="Caller">Fingerprint of the caller.</param>
/// <param name="TimeMicros">End of the window, event time.</param>
/// <param name="IsSuspect">Something was raised about the caller: not an example of what is normal.</param>
/// <param name="Row">The features, in the order of <see cref="WindowFeatures.All"/>.</param>
/// <param name="Tokens">The caller's last requests.</param>
internal sealed record WindowSample(ulong Caller, long TimeMicros, bool IsSuspect, float[] Row, TokenRing Tokens);
