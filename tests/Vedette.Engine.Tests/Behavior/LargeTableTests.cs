using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class LargeTableTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1 << 10)]
    [InlineData((1 << 20) + 3)]
    public void ATableOfAnySizeIsEmptyAndKeepsWhatIsWritten(int length)
    {
        long[] table = LargeTable.Allocate<long>(length);
        Assert.Equal(length, table.Length);
        Assert.False(table.AsSpan().ContainsAnyExcept(0));
        for (int i = 0; i < length; i++) table[i] = i + 1;
        GC.Collect();
        for (int i = 0; i < length; i++) Assert.Equal(i + 1, table[i]);
    }
}
