using System.Text;
using Vedette.Engine.Events;
using Vedette.Lab.Evaluation;

namespace Vedette.Lab.Tests.Evaluation;

public sealed class WindowTableTests
{
    private readonly EventBatch _batch = new();
    private readonly WindowTable _table = new();

    [Fact]
    public void RequestsOfOneCallerAndMinuteShareAWindow()
    {
        int first = Add("203.0.113.9", 0.1, 200);
        Assert.Equal(first, Add("203.0.113.9", 0.9, 404, duration: 20_000));
        Assert.NotEqual(first, Add("203.0.113.9", 1.1, 200));
        Assert.NotEqual(first, Add("203.0.113.10", 0.5, 200));
        CallerWindow window = _table.Windows[first];
        Assert.Equal((2, 1, 1, 1, 20.0), (window.Requests, window.Errors, window.Refused, window.Timed, window.MeanMilliseconds));
        Assert.Equal(first, _table.IndexOf(Address("203.0.113.9"), Incidents.Micros(0) / 60_000_000));
    }

    [Fact]
    public void AnIPv6SiteIsOneCaller() => Assert.Equal(Add("2001:db8:1:2::1", 0, 200), Add("2001:db8:1:2:ffff::9", 0, 200));

    [Fact]
    public void EventsWithoutAddressAreInNoWindow() => Assert.Equal(-1, Add(null, 0, 200));

    [Fact]
    public void RefusedSignInsAddUpOverTenMinutes()
    {
        for (int minute = 0; minute < 12; minute++) Add("203.0.113.9", minute, 401);
        _table.Complete();
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10], _table.Windows.ToArray().Select(static window => window.UnauthorizedInTenMinutes));
    }

    [Theory]
    [InlineData("/search?q=1%27%20OR%20%271%27=%271", "", true)]
    [InlineData("/search?q=1+UNION+SELECT+2", "", true)]
    [InlineData("/a/..%2f..%2fetc/passwd", "", true)]
    [InlineData("/", "sqlmap/1.7", true)]
    [InlineData("/search?q=union%20jack", "Mozilla/5.0", false)]
    [InlineData("/search?q=100%", "Mozilla/5.0", false)]
    public void KnownBadStringsAreSeenDecodedOnceAndInAnyCase(string target, string agent, bool isBad)
    {
        int window = Add("203.0.113.9", 0, 200, target: target, agent: agent);
        Assert.Equal(isBad ? 1 : 0, _table.Windows[window].BadStrings);
    }

    private static NetworkAddress Address(string text) => NetworkAddress.TryParse(Encoding.UTF8.GetBytes(text), out NetworkAddress address) ? address : default;

    private int Add(string? client, double minute, short status, long duration = HttpEvent.Unknown, string target = "/", string agent = "")
    {
        string[] parts = target.Split('?');
        ref HttpEvent request = ref _batch.AddEvent();
        if (client is not null) request.Client = Address(client);
        request.TimeMicros = Incidents.Micros(minute);
        request.Status = status;
        request.DurationMicros = duration;
        request.Path = _batch.Append(Encoding.UTF8.GetBytes(parts[0]));
        if (parts.Length > 1) request.Query = _batch.Append(Encoding.UTF8.GetBytes(parts[1]));
        request.UserAgent = _batch.Append(Encoding.UTF8.GetBytes(agent));
        return _table.Add(_batch, request);
    }
}
