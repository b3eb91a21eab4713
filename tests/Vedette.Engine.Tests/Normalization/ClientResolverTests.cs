using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Tests.Normalization;

public sealed class ClientResolverTests
{
    [Theory]
    [InlineData("203.0.113.9", "198.51.100.1", "203.0.113.9")] // a stranger's header is not believed
    [InlineData("10.0.0.1", "198.51.100.1", "198.51.100.1")] // a private peer is a proxy
    [InlineData("192.0.2.10", "198.51.100.1", "198.51.100.1")] // a configured proxy
    [InlineData("192.0.2.10", "1.2.3.4, 198.51.100.1, 192.0.2.11", "198.51.100.1")] // what the client wrote itself is left of the truth
    [InlineData("10.0.0.1", "2001:db8::5", "2001:db8::5")]
    [InlineData("10.0.0.1", "[2001:db8::5]:443", "2001:db8::5")]
    [InlineData("10.0.0.1", "evil, 10.0.0.2", "10.0.0.2")] // stops at what is no address
    [InlineData("10.0.0.1", "", "10.0.0.1")]
    public void TheClientIsTheRightmostHopThatIsNoProxyOfOurs(string peer, string forwarded, string expected)
    {
        var resolver = new ClientResolver(new ProxyOptions { TrustedNetworks = ["192.0.2.0/24", "2001:db8:ffff::/48"] });
        Assert.Equal(Address(expected), resolver.Resolve(Address(peer), Encoding.ASCII.GetBytes(forwarded)));
    }

    [Fact]
    public void PrivatePeersAreClientsWhereConfigured()
    {
        var resolver = new ClientResolver(new ProxyOptions { TrustPrivatePeers = false });
        Assert.Equal(Address("10.0.0.1"), resolver.Resolve(Address("10.0.0.1"), "198.51.100.1"u8));
    }

    [Fact]
    public void AllWrongNetworksAreReportedTogether()
    {
        var failure = Assert.Throws<ArgumentException>(() => new ClientResolver(new ProxyOptions { TrustedNetworks = ["10.0.0.0/33", "10.0.0.0/8", "proxy"] }));
        Assert.Contains("10.0.0.0/33", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'proxy'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEndlessListIsNotFollowedForever()
    {
        byte[] list = Encoding.ASCII.GetBytes(string.Join(", ", Enumerable.Repeat("10.0.0.2", 10_000)));
        Assert.Equal(Address("10.0.0.2"), new ClientResolver(new ProxyOptions()).Resolve(Address("10.0.0.1"), list));
    }

    private static NetworkAddress Address(string text)
    {
        Assert.True(NetworkAddress.TryParse(Encoding.ASCII.GetBytes(text), out var address));
        return address;
    }
}
