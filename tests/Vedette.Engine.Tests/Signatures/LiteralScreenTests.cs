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
                Assert.True(Screen.OccursIn(text), Encoding.Latin1.GetString(text));
            }
        }
    }

    [Fact]
    public void AgreesWithComparingEveryLiteralEverywhere()
    {
        var random = new SeededRandom(7);
        byte[] bytes = new byte[40];
        int occurred = 0;
        for (int round = 0; round < 4000; round++)
        {
            // Pieces of literals among letters: triples that are entered, mostly without their literals around them.
            for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(' ' + random.Next(95));
            byte[] literal = Literals[random.Next(Literals.Count)].Bytes;
            literal.AsSpan(random.Next(2), Math.Min(literal.Length - 1, 12)).CopyTo(bytes.AsSpan(random.Next(20)));
            var text = bytes.AsSpan(0, random.Next(bytes.Length + 1));
            bool expected = Screen.OccursInReference(text);
            occurred += expected ? 1 : 0;
            Assert.Equal(expected, Screen.OccursIn(text));
        }
        Assert.InRange(occurred, 100, 3900);
    }

    [Fact]
    public void ATextThatEndsWithinALiteralHoldsNone()
    {
        var screen = new LiteralScreen([new Literal("select "u8.ToArray(), Rules.ContextLong, LiteralScope.Anywhere)]);
        Assert.False(screen.OccursIn("/a?b=select"u8));
        Assert.True(screen.OccursIn("/a?b=SELECT "u8));
    }

    [Fact]
    public void ALiteralOfOneByteIsRefused() => Assert.Throws<ArgumentException>(() => new LiteralScreen([new Literal([(byte)'x'], Rules.ContextLong, LiteralScope.Anywhere)]));
}
