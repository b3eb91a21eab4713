using System.Text;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Tests.Signatures;

public class CellShapeTests
{
    [Theory]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", true)]
    [InlineData("|:--|--:|", true)]
    [InlineData("a | b\n--|--\n1 | 2", true)]
    [InlineData("| a | b |", false)]
    [InlineData("x -- y", false)]
    [InlineData("ls | wc -l", false)]
    [InlineData("", false)]
    public void ATableHasARuleBelowItsHead(string text, bool expected) => Assert.Equal(expected, CellShape.IsTable(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("| a | sleep |\n|---|---|\n| id | 7 |", true)]
    [InlineData("see <https://host.example/page|sleep> now", true)]
    [InlineData("<mailto:a@b.example|id>", true)]
    [InlineData("<@u123|id>", true)]
    [InlineData("<https://host.example/|id; whoami>", false)]
    [InlineData("<https://host.example/ |id>", false)]
    [InlineData("127.0.0.1|id", false)]
    [InlineData("<b|id>", false)]
    public void BarsOfTablesAndLinksAreNoPipes(string text, bool expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bool isTable = CellShape.IsTable(bytes);
        for (int at = Array.IndexOf(bytes, (byte)'|'); at >= 0; at = Array.IndexOf(bytes, (byte)'|', at + 1))
            if (bytes[..at].AsSpan().IndexOf("|---"u8) < 0 && (at + 1 >= bytes.Length || bytes[at + 1] != '-')) Assert.Equal(expected, CellShape.IsBorder(bytes, at, isTable));
    }

    [Fact]
    public void ARowOutsideTheBarsOfATableIsStillACommand()
    {
        const string table = "| a | b |\n|---|---|\n";
        byte[] bytes = Encoding.UTF8.GetBytes(table + "x|id");
        Assert.False(CellShape.IsBorder(bytes, Array.LastIndexOf(bytes, (byte)'|'), isTable: true));
    }
}
