using System.Text;
using Vedette.Engine.Signatures;
using Vedette.ML;

namespace Vedette.Engine.Tests.Signatures;

public class LiteralScreenTests
{
    private static readonly List<Literal> Literals = [.. LiteralTable.Load().Where(literal => literal.Bytes.Length >= 2)];
    private static readonly LiteralScreen Screen = new(Literals);

    [Fact]
    public void EveryLiteralIsSeenAtEveryOffsetAndInAnyCase()
    {
        foreach (var literal in Literals)
        {
            for (int before = 0; before < 9; before++)
            {
                byte[] text = [.. Enumerable.Repeat((byte)'0', before), .. literal.Bytes.Select((b, i) => i % 2 == 0 && b is >= (byte)'a' and <= (byte)'z' ? (byte)(b - 32) : b), .. Enumerable.Repeat((byte)'1', before % 4)];
                Assert.True(Screen.MayOccurIn(text), Encoding.Latin1.GetString(text));
            }
        }
    }

    [Fact]
    public void WordsAtATimeAndByteByByteAgree()
    {
        var random = new SeededRandom(7);
        byte[] bytes = new byte[40];
        for (int round = 0; round < 2000; round++)
        {
            for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(' ' + random.Next(95));
            var text = bytes.AsSpan(0, random.Next(bytes.Length));
            // The last two bytes are read as if a space followed, by both, so only the grouping differs.
            Assert.Equal(Screen.MayOccurInRest(text), Screen.MayOccurIn(text));
        }
    }

    [Fact]
    public void ALiteralOfOneByteIsRefused() => Assert.Throws<ArgumentException>(() => new LiteralScreen([new Literal([(byte)'x'], Rules.ContextLong, LiteralScope.Anywhere)]));
}
