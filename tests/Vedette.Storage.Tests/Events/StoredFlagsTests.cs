using Vedette.Engine;
using Vedette.Engine.Events;
using Vedette.Engine.Signatures;
using Vedette.Storage.Events;

namespace Vedette.Storage.Tests.Events;

public sealed class StoredFlagsTests
{
    /// <summary>Numbers as they are in databases: a change of one would give rows of years another meaning.</summary>
    [Theory]
    [InlineData(0, false, false, EventFlags.None)]
    [InlineData(1, true, false, EventFlags.None)]
    [InlineData(2, false, true, EventFlags.None)]
    [InlineData(4, false, false, EventFlags.MalformedRequest)]
    [InlineData(16, false, false, EventFlags.Sampled)]
    [InlineData(1 + 2 + 4 + 16, true, true, EventFlags.MalformedRequest | EventFlags.Sampled)]
    public void FactsHaveTheirNumbers(int stored, bool isAnomaly, bool isLate, EventFlags flags)
    {
        Assert.Equal((StoredFlags)stored, StoredFlagsOf.Event(new HttpEvent { Flags = flags }, new EventOutcome(null, 0, isAnomaly ? PayloadClasses.SqlInjection : PayloadClasses.None, isLate)));
        Assert.Equal(flags, ((StoredFlags)stored).ToEvent());
    }

    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    public void ARetiredNumberInARowSaysNothing(int retired)
    {
        Assert.Equal(EventFlags.None, ((StoredFlags)retired).ToEvent());
        Assert.Equal(EventFlags.MalformedRequest | EventFlags.Sampled, ((StoredFlags)(retired + 4 + 16)).ToEvent());
        Assert.DoesNotContain(Enum.GetValues<StoredFlags>(), flag => ((int)flag & retired) != 0);
    }
}
