using Vedette.Engine.Behavior;

namespace Vedette.Engine.Tests.Behavior;

public sealed class FewCallersTests
{
    [Theory]
    [InlineData(new ulong[] { 7 }, false)]
    [InlineData(new ulong[] { 7, 7, 9, 7, 9 }, false)]
    [InlineData(new ulong[] { 7, 9, 11 }, true)]
    [InlineData(new ulong[] { 7, 9, 11, 7 }, true)]
    public void ThreeAreSeveral(ulong[] keys, bool several)
    {
        FewCallers together = default, first = default, rest = default;
        for (int i = 0; i < keys.Length; i++)
        {
            together.Add(keys[i]);
            if (i < 2) first.Add(keys[i]);
            else rest.Add(keys[i]);
        }
        first.Add(rest);
        Assert.Equal(several, together.AreSeveral);
        Assert.Equal(several, first.AreSeveral);
    }
}
