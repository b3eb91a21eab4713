using System.Text;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Tests.Normalization;

public sealed class DecodingShellTests
{
    [Theory]
    [InlineData("c'a't /x", "cat /x")]
    [InlineData("w\"h\"oami", "whoami")]
    [InlineData("c\\at", "cat")]
    [InlineData("who$@ami", "whoami")]
    [InlineData("cat$IFS/x", "cat /x")]
    [InlineData("cat${IFS}/x", "cat /x")]
    [InlineData("{ls,-la}", "ls -la")]
    [InlineData("/e[t]c", "/etc")]
    [InlineData("pi$()ng", "ping")]
    [InlineData("wh``oami", "whoami")]
    [InlineData("p^ing", "ping")]
    public void UndoesWhatCutsAWord(string hidden, string plain) => Assert.Equal(plain, Decode(hidden));

    [Theory]
    [InlineData("'cat' /x")]
    [InlineData("don't")]
    [InlineData("say \"hello\" now")]
    [InlineData("{\"a\":1,\"b\":2}")]
    [InlineData("costs $5 or so")]
    [InlineData("C:\\x\\0")]
    public void LeavesTheRest(string text) => Assert.Null(Decode(text));

    [Theory]
    [InlineData("self[\"al\"+\"ert\"]", "self[\"alert\"]")]
    [InlineData("'sys' . 'tem'", "'system'")]
    [InlineData("'sel'||'ect'", "'select'")]
    [InlineData("a/*b*/.c", "a.c")]
    [InlineData("'al\\145rt'", "'alert'")]
    [InlineData("\\0061 b", "ab")]
    public void UndoesWhatSplitsProgramText(string hidden, string plain)
    {
        byte[] target = new byte[256];
        int length = DecodingCode.Decode(Encoding.ASCII.GetBytes(hidden), target);
        Assert.Equal(plain, Encoding.ASCII.GetString(target, 0, length));
    }

    [Fact]
    public void NeverWritesMoreThanItReads()
    {
        var random = new Random(7);
        byte[] alphabet = Encoding.ASCII.GetBytes("ca'\"\\$`{}[]^,/@()*IFS +|.0167;-_?!");
        byte[] target = new byte[64];
        for (int round = 0; round < 50_000; round++)
        {
            byte[] source = new byte[random.Next(65)];
            for (int i = 0; i < source.Length; i++) source[i] = alphabet[random.Next(alphabet.Length)];
            Assert.InRange(DecodingShell.Decode(source, target.AsSpan(0, source.Length)), -1, source.Length);
            if (source.Length > 0) Assert.InRange(DecodingCode.Decode(source, target.AsSpan(0, source.Length)), -1, source.Length);
        }
    }

    private static string? Decode(string text)
    {
        byte[] target = new byte[256];
        int length = DecodingShell.Decode(Encoding.ASCII.GetBytes(text), target);
        return length < 0 ? null : Encoding.ASCII.GetString(target, 0, length);
    }
}
