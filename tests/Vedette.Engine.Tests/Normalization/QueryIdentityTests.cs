using System.Text;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Tests.Normalization;

public sealed class QueryIdentityTests
{
    private const long Time = 1_773_133_200_000_000;

    [Theory]
    [InlineData("since=1773133195", "since=1773133199")]
    [InlineData("tz=Europe%2FBerlin&_=1773133195123", "tz=Europe%2FBerlin&_=1773133199555")]
    [InlineData("t=1773133195123456&id=5", "t=1773133199999999&id=5")]
    public void TheTimeOfTheRequestMakesNoDifference(string first, string second) => Assert.Equal(Key(first), Key(second));

    [Theory]
    [InlineData("since=1573133195", "since=1573133199")]
    [InlineData("page=1", "page=2")]
    [InlineData("phone=17731331951", "phone=17731331952")]
    [InlineData("q=1773133195", "p=1773133195")]
    [InlineData("a=1773133195&b=1", "a=1773133195&b=2")]
    [InlineData("card=1773133195x", "card=1773133196x")]
    public void AnythingElseDoes(string first, string second) => Assert.NotEqual(Key(first), Key(second));

    [Theory]
    [InlineData("order=1&view=old", "order=99999&view=new")]
    [InlineData("q=lamp", "q=wool-rug")]
    public void OtherValuesOfOneKindHaveOneShape(string first, string second) => Assert.Equal(Shape(first), Shape(second));

    [Theory]
    [InlineData("limit=1", "offset=1")]
    [InlineData("limit=1", "limit=null")]
    [InlineData("limit=1", "limit=")]
    [InlineData("limit=%00", "limit=*")]
    [InlineData("a=1", "a=1&debug=1")]
    [InlineData("debug", "admin")]
    public void OtherNamesOrKindsHaveAnother(string first, string second) => Assert.NotEqual(Shape(first), Shape(second));

    [Fact]
    public void HostileQueriesAreRead()
    {
        foreach (string query in new[] { "&&&&", "=", "====&=1773133195", new string('9', 5000), new string('&', 5000), "a=" + new string('1', 16) + "9" })
        {
            Key(query);
            Shape(query);
        }
    }

    private static ulong Key(string query) => QueryIdentity.KeyOf(Encoding.UTF8.GetBytes(query), Time);

    private static ulong Shape(string query) => QueryIdentity.ShapeOf(Encoding.UTF8.GetBytes(query));
}
