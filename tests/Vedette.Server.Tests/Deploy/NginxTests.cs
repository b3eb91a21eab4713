using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Vedette.Server.Tests.Alerts;

namespace Vedette.Server.Tests.Deploy;

/// <summary>The shipped configuration in a real nginx.</summary>
[Trait("Speed", "Slow")]
public sealed class NginxTests : IAsyncLifetime
{
    private const string Nginx = "/usr/sbin/nginx";

    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-nginx").FullName;
    private readonly int _http = FreePort(), _https = FreePort();
    private WebReceiver _upstream = null!;
    private Process? _nginx;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists(Nginx), "nginx is not installed: apt-get install nginx");
        _upstream = await WebReceiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null)
        {
            _nginx.Kill(entireProcessTree: true);
            await _nginx.WaitForExitAsync();
            _nginx.Dispose();
        }
        if (_upstream is not null) await _upstream.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    [Trait("Row", "D9")]
    public async Task EachAddressGetsTenRequestsASecondAndTwentyMoreAtOnce()
    {
        await StartAsync(await ShippedAsync());
        using HttpClient client = CreateClient();
        var clock = Stopwatch.StartNew();
        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ => (await client.GetAsync($"https://127.0.0.1:{_https}/status")).StatusCode));
        int allowed = answers.Count(static status => status == HttpStatusCode.OK);
        Assert.Equal(100 - allowed, answers.Count(static status => status == HttpStatusCode.TooManyRequests));
        Assert.InRange(allowed, 21, 22 + 10 * clock.Elapsed.TotalSeconds);
    }

    [Fact]
    public async Task WhatAClientSaysOfItsAddressIsReplacedAndMetricsStayInside()
    {
        await StartAsync(await ShippedAsync());
        using HttpClient client = CreateClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.66");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"https://127.0.0.1:{_https}/api/stats?x=%2e")).StatusCode);
        IHeaderDictionary headers = Assert.Single(_upstream.Received).Headers;
        Assert.Equal(("127.0.0.1", "https", "127.0.0.1"), (headers["X-Forwarded-For"].ToString(), headers["X-Forwarded-Proto"].ToString(), headers.Host.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"https://127.0.0.1:{_https}/metrics")).StatusCode);
        using HttpResponseMessage plain = await client.GetAsync($"http://127.0.0.1:{_http}/api/stats");
        Assert.Equal((HttpStatusCode.MovedPermanently, "https://127.0.0.1/api/stats"), (plain.StatusCode, plain.Headers.Location!.OriginalString));
        Assert.Single(_upstream.Received);
    }

    [Fact]
    public async Task BannedAddressesGetIntoTheListAndAreRefused()
    {
        await using TestServer server = await TestServer.StartAsync();
        string list = Path.Combine(_folder, "bans.conf"), key = Path.Combine(_folder, "bouncer.key");
        await File.WriteAllTextAsync(key, (await server.ClientOfAsync("bouncer")).DefaultRequestHeaders.Authorization!.Parameter);
        Assert.Equal((0, ""), await UpdateAsync(server, list, key, "true"));
        await StartAsync($$"""
            pid {{_folder}}/nginx.pid;
            error_log stderr error;
            events { worker_connections 64; }
            http {
              access_log off;
              include {{list}};
              server {
                listen 127.0.0.1:{{_http}};
                if ($vedette_banned) { return 403; }
                location / { return 200; }
              }
            }
            """);
        using HttpClient client = CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"http://127.0.0.1:{_http}/")).StatusCode);
        foreach (string value in new[] { "127.0.0.0/8", "2001:db8::/32" }) await server.PostAsync("/api/decisions", $$"""{"scope":"range","value":"{{value}}","type":"ban","duration":"4h"}""");
        await server.PostAsync("/api/decisions", """{"scope":"ip","value":"203.0.113.9","type":"throttle","duration":"4h"}""");
        string reload = $"{Nginx} -t -q -c {_folder}/nginx.conf && kill -HUP $(cat {_folder}/nginx.pid)";
        Assert.Equal((0, ""), await UpdateAsync(server, list, key, reload));
        Assert.Equal("geo $vedette_banned {\n  default 0;\n  127.0.0.0/8 1;\n  2001:db8::/32 1;\n}\n", await File.ReadAllTextAsync(list));
        // A reload takes effect when nginx gets to it.
        await server.UntilAsync(async () => (await CreateClient().GetAsync($"http://127.0.0.1:{_http}/")).StatusCode == HttpStatusCode.Forbidden, "the ban to take hold");
        string before = await File.ReadAllTextAsync(list);
        await server.PostAsync("/api/decisions", """{"scope":"ip","value":"203.0.113.10","type":"ban","duration":"4h"}""");
        Assert.Equal(1, (await UpdateAsync(server, list, key, "false")).Exit);
        Assert.Equal(before, await File.ReadAllTextAsync(list));
        await File.WriteAllTextAsync(key, "wrong");
        Assert.NotEqual(0, (await UpdateAsync(server, list, key, "true")).Exit);
        Assert.Equal(before, await File.ReadAllTextAsync(list));
    }

    private static Task<(int Exit, string Output)> UpdateAsync(TestServer server, string list, string key, string reload) =>
        Repository.RunAsync(Path.Combine(Repository.Deploy, "nginx", "vedette-bans.sh"), [list], ("VEDETTE", server.Address.GetLeftPart(UriPartial.Authority)), ("KEY_FILE", key), ("RELOAD", reload));

    /// <summary>The shipped file with ports and files of this test.</summary>
    private async Task<string> ShippedAsync()
    {
        using var secret = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=localhost", secret, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await File.WriteAllTextAsync(Path.Combine(_folder, "vedette.crt"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "vedette.key"), secret.ExportPkcs8PrivateKeyPem());
        string text = await File.ReadAllTextAsync(Path.Combine(Repository.Deploy, "nginx", "nginx.conf"));
        foreach ((string shipped, string here) in new[]
        {
            ("vedette:8080", new Uri(_upstream.Address).Authority), ("/etc/nginx/tls", _folder), ("/var/run/nginx.pid", _folder + "/nginx.pid"), ("/dev/stdout", "off"), ("/dev/stderr", "stderr"),
            ("listen 80;", $"listen 127.0.0.1:{_http};"), ("listen 443 ssl", $"listen 127.0.0.1:{_https} ssl"), ("listen [::]:80;", ""), ("listen [::]:443 ssl http2;", ""),
        })
        {
            Assert.Contains(shipped, text, StringComparison.Ordinal);
            text = text.Replace(shipped, here, StringComparison.Ordinal);
        }
        return text;
    }

    private async Task StartAsync(string configuration)
    {
        string file = Path.Combine(_folder, "nginx.conf");
        await File.WriteAllTextAsync(file, configuration);
        (int exit, string output) = await Repository.RunAsync(Nginx, ["-t", "-q", "-c", file]);
        Assert.True(exit == 0, output);
        _nginx = Process.Start(new ProcessStartInfo(Nginx, ["-c", file, "-g", "daemon off;"]))!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!await ListensAsync(patience.Token)) await Task.Delay(TestServer.Pause, patience.Token);
    }

    private async Task<bool> ListensAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, _http, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
    });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
