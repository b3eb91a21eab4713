using System.Text;
using Vedette.Engine.Events;

namespace Vedette.Engine.Tests.Events;

public sealed class NetworkAddressTests
{
    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9:5123", "203.0.113.9")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]:443", "2001:db8::1")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    public void AddressesInEveryUsualFormAreRead(string text, string expected)
    {
        Assert.True(NetworkAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address));
        Assert.Equal(expected, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("host.example")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.4.5")]
    [InlineData("::g")]
    [InlineData("[::1")]
    public void OtherTextIsNoAddress(string text) =>
        Assert.False(NetworkAddress.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void CallersOfOneIPv6SiteAreOne()
    {
        Assert.True(NetworkAddress.TryParse("2001:db8:1:2::a"u8, out var a));
        Assert.True(NetworkAddress.TryParse("2001:db8:1:2:ffff::b"u8, out var b));
        Assert.Equal(a.CallerKey, b.CallerKey);
    }

    [Theory]
    [InlineData("10.1.2.3", "10.0.0.0", 96 + 8, true)]
    [InlineData("11.1.2.3", "10.0.0.0", 96 + 8, false)]
    [InlineData("2001:db8::1", "2001:db8::", 32, true)]
    [InlineData("2001:db9::1", "2001:db8::", 32, false)]
    [InlineData("2001:db9::1", "::", 0, true)]
    public void NetworksContainTheirAddresses(string text, string network, int bits, bool expected)
    {
        Assert.True(NetworkAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address));
        Assert.True(NetworkAddress.TryParse(Encoding.ASCII.GetBytes(network), out var prefix));
        Assert.Equal(expected, address.IsIn(prefix, bits));
    }
}
