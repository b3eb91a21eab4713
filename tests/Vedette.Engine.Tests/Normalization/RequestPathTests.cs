using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Tests.Normalization;

public sealed class RequestPathTests
{
    [Theory]
    [InlineData("/orders/1", "/orders/99")]
    [InlineData("/orders/1", "/orders//99/")]
    [InlineData("/u/3fa85f64-5717-4562-b3fc-2c963f66afa6/edit", "/u/d41d8cd98f00b204e9800998ecf8427e/edit")]
    [InlineData("/log/2026-03-10", "/log/2026-03-11")]
    public void PathsOfOneShapeDifferInTheirObjectsOnly(string first, string second)
    {
        RequestPath a = Read(first), b = Read(second);
        Assert.Equal(a.Shape, b.Shape);
        Assert.NotEqual(a.Exact, b.Exact);
        Assert.NotEqual(a.Object, b.Object);
    }

    [Theory]
    [InlineData("/orders/1", "/invoices/1")]
    [InlineData("/orders/1", "/orders/1/items")]
    [InlineData("/a/1/b", "/a/b/1")]
    [InlineData("/orders", "/Orders")]
    public void OtherWordsAreOtherShapes(string first, string second) => Assert.NotEqual(Read(first).Shape, Read(second).Shape);

    [Fact]
    public void TheMethodIsPartOfTheShape() =>
        Assert.NotEqual(RequestPath.Read(RequestMethod.Get, "/orders"u8).Shape, RequestPath.Read(RequestMethod.Post, "/orders"u8).Shape);

    [Theory]
    [InlineData("/orders/1842", 1842)]
    [InlineData("/orders/7/items/3", 3)]
    [InlineData("/orders", -1)]
    [InlineData("/orders/ord_1842773", -1)]
    [InlineData("/orders/00012", 12)]
    public void TheLastNumberIsTheObjects(string path, long number) => Assert.Equal(number, Read(path).ObjectNumber);

    [Theory]
    [InlineData("/orders", false)]
    [InlineData("/static/app.js", false)]
    [InlineData("/orders/12", true)]
    [InlineData("/users/mia@example.org", true)]
    public void APathWithAnIdentifierNamesAnObject(string path, bool expected) => Assert.Equal(expected, Read(path).Object != 0);

    [Fact]
    public void TraitsComeFromTheWords()
    {
        Assert.Equal(PathTraits.Login, Read("/api/v1/auth/login").Traits);
        Assert.Equal(PathTraits.Asset, Read("/static/app.css").Traits);
        Assert.Equal(PathTraits.None, Read("/products/5").Traits);
    }

    [Fact]
    public void SegmentsBeyondTheMostAreReadAsOne()
    {
        string deep = "/" + string.Join('/', Enumerable.Repeat("a", RequestPath.MaxSegments));
        Assert.Equal(Read(deep + "/b").Shape, Read(deep + "/c/d/e").Shape);
    }

    [Theory]
    [InlineData("id=17", 17)]
    [InlineData("ID=17", 17)]
    [InlineData("user_id=17", 17)]
    [InlineData("userId=17", 17)]
    [InlineData("page=3&order-id=17", 17)]
    [InlineData("paid=17", -1)]
    [InlineData("id=", -1)]
    [InlineData("id=x17", -1)]
    [InlineData("id=1234567890123456789", -1)]
    [InlineData("", -1)]
    [InlineData("&&==&id", -1)]
    public void AQueryNamesAnObjectById(string query, long expected) => Assert.Equal(expected, RequestPath.ReadObjectFromQuery(Encoding.UTF8.GetBytes(query)));

    private static RequestPath Read(string path) => RequestPath.Read(RequestMethod.Get, Encoding.UTF8.GetBytes(path));
}
