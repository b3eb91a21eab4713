using Vedette.Training;

namespace Vedette.Engine.Tests.PayloadTraining;

public sealed class MislabelledTests
{
    private static readonly PayloadRecord Row = new("fwaf", false, null, "1 union select 2", false, "/", null, "", null, null);

    [Fact]
    public void ARowIsKnownBySourceAndContentAndOnlyAsAnOrdinaryOne()
    {
        Mislabelled list = Load("# why\n[SQL]\nfwaf " + Row.Hash.ToString("x8") + " 1 union select 2\n");
        Assert.True(list.Contains(Row));
        Assert.False(list.Contains(Row with { IsAttack = true }));
        Assert.False(list.Contains(Row with { Source = "csic2010" }));
        Assert.False(list.Contains(Row with { Value = "1 union select 3" }));
    }

    [Theory]
    [InlineData("fwaf\n")]
    [InlineData("fwaf notahash text\n")]
    public void ALineThatIsNeitherIsRefused(string text) => Assert.Throws<InvalidDataException>(() => Load(text));

    private static Mislabelled Load(string text)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            return Mislabelled.Load(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
