using System.Net.Mail;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vedette.Engine.Risk;
using Vedette.Server.Alerts;

namespace Vedette.Server.Tests.Alerts;

public sealed class AlertSinkTests : IAsyncLifetime
{
    private WebReceiver _web = null!;

    public async ValueTask InitializeAsync() => _web = await WebReceiver.StartAsync();

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Fact]
    [Trait("Row", "A8")]
    public async Task TheWebhookGetsTheIncidentAsItIsEverywhereAndASignature()
    {
        const string secret = "a-long-random-secret";
        using var sink = new WebhookSink(new WebhookOptions { Url = _web.Address + "/hook?key=1", Secret = secret }, new ManualTime());
        await sink.DeliverAsync(Raised(), CancellationToken.None);
        var (path, headers, body) = Assert.Single(_web.Received);
        JsonElement message = JsonDocument.Parse(body).RootElement;
        Assert.Equal("/hook", path);
        Assert.Equal(("incident", "raised"), (message.GetProperty("type").GetString(), message.GetProperty("change").GetString()));
        Assert.Equal("https://vedette.example/incidents/a", message.GetProperty("link").GetString());
        Assert.Equal(("credential_stuffing", 70, "ip"), (message.GetProperty("data").GetProperty("type").GetString(), message.GetProperty("data").GetProperty("risk").GetInt32(), message.GetProperty("data").GetProperty("actor").GetProperty("kind").GetString()));
        byte[] signed = [.. Encoding.UTF8.GetBytes(headers["X-Vedette-Timestamp"] + "."), .. body];
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)), headers["X-Vedette-Signature"]);
        Assert.Equal("a-high", headers["X-Vedette-Delivery"]);
        Assert.Equal("application/json", headers.ContentType);
    }

    [Fact]
    public async Task ADigestHoldsAllItsIncidents()
    {
        using var sink = new WebhookSink(new WebhookOptions { Url = _web.Address }, new ManualTime());
        await sink.DeliverAsync(Raised() with { Kind = AlertKind.Digest, Incidents = [TestIncidents.Of("a"), TestIncidents.Of("b")], Omitted = 3 }, CancellationToken.None);
        JsonElement message = JsonDocument.Parse(_web.Received.Single().Body).RootElement;
        Assert.Equal(("digest", 3, 2), (message.GetProperty("type").GetString(), message.GetProperty("omitted").GetInt32(), message.GetProperty("data").GetArrayLength()));
        Assert.False(_web.Received.Single().Headers.ContainsKey("X-Vedette-Signature"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(302)]
    [InlineData(404)]
    public async Task WhatIsNotTakenIsAFailureThatTellsNoAddressAndNoRedirectIsFollowed(int status)
    {
        _web.Status = context =>
        {
            context.Response.Headers.Location = "/elsewhere";
            return status;
        };
        using var sink = new SlackSink(new SlackOptions { Url = _web.Address + "/services/T0/secret" });
        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(async () => await sink.DeliverAsync(Raised(), CancellationToken.None));
        Assert.Equal($"It was answered {status}.", failure.Message);
        Assert.Equal("/services/T0/secret", Assert.Single(_web.Received).Path);
    }

    [Fact]
    [Trait("Row", "A8")]
    public async Task ASlackMessageHasBlocksAndMentionsNobody()
    {
        using var sink = new SlackSink(new SlackOptions { Url = _web.Address });
        await sink.DeliverAsync(Raised() with { Incidents = [TestIncidents.Of("a", actor: "<!everyone>")] }, CancellationToken.None);
        JsonNode message = JsonNode.Parse(_web.Received.Single().Body)!;
        Assert.Equal("HIGH: credential stuffing by &lt;!everyone&gt; (risk 70)", message["text"]!.GetValue<string>());
        JsonArray blocks = message["blocks"]!.AsArray();
        Assert.Equal(["header", "section", "context", "section"], blocks.Select(static block => block!["type"]!.GetValue<string>()));
        IEnumerable<JsonNode?> texts = blocks.Select(static block => block!["text"] ?? block["elements"]![0]);
        Assert.All(texts, static text => Assert.Equal("plain_text", text!["type"]!.GetValue<string>()));
        Assert.Equal("https://vedette.example/incidents/a", blocks[1]!["accessory"]!["url"]!.GetValue<string>());
    }

    [Fact]
    public void ASlackMessageStaysWithinItsLimits()
    {
        var incidents = Enumerable.Range(0, 10).Select(static i => TestIncidents.Of($"i{i}", actor: new string('x', 5000))).ToArray();
        JsonArray blocks = SlackSink.Message(Raised() with { Kind = AlertKind.Digest, Incidents = incidents, Omitted = 5 })["blocks"]!.AsArray();
        Assert.True(blocks.Count <= 50);
        Assert.All(blocks.Skip(1), static block => Assert.InRange((block!["text"] ?? block["elements"]![0])!["text"]!.GetValue<string>().Length, 1, 3000));
        Assert.InRange(blocks[0]!["text"]!["text"]!.GetValue<string>().Length, 1, 150);
    }

    [Fact]
    [Trait("Row", "A8")]
    public async Task AnEmailTellsWhatHappenedAndForgesNoHeader()
    {
        await using var server = new SmtpReceiver();
        var sink = new EmailSink(new EmailOptions { Host = "127.0.0.1", Port = server.Port, StartTls = false, From = "vedette@example.com", To = ["oncall@example.com", "second@example.com"] });
        await sink.DeliverAsync(Raised() with { Incidents = [TestIncidents.Of("a", actor: "x\r\nBcc: all@example.com")] }, CancellationToken.None);
        string message = Assert.Single(server.Messages);
        string headers = message[..message.IndexOf("\n\n", StringComparison.Ordinal)];
        Assert.Contains("MAIL FROM:<vedette@example.com>", server.Commands);
        Assert.Equal(["RCPT TO:<oncall@example.com>", "RCPT TO:<second@example.com>"], server.Commands.Where(static command => command.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.Contains("Auto-Submitted: auto-generated", headers, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<a@vedette.invalid>", headers, StringComparison.Ordinal);
        Assert.DoesNotContain(headers.Split('\n'), static line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task WithoutEncryptionNoPasswordIsSent()
    {
        await using var server = new SmtpReceiver();
        var sink = new EmailSink(new EmailOptions { Host = "127.0.0.1", Port = server.Port, User = "vedette", Password = "very-secret", From = "vedette@example.com", To = ["oncall@example.com"] });
        SmtpException failure = await Assert.ThrowsAsync<SmtpException>(async () => await sink.DeliverAsync(Raised(), CancellationToken.None));
        Assert.DoesNotContain("very-secret", AlertCourier.Reason(failure), StringComparison.Ordinal);
        Assert.Empty(server.Messages);
        Assert.DoesNotContain(server.Commands, static command => command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    private static Alert Raised() => new() { Kind = AlertKind.Raised, Time = TestEvents.Noon, Incidents = [TestIncidents.Of("a", RiskLevel.High)], Dashboard = "https://vedette.example" };
}
