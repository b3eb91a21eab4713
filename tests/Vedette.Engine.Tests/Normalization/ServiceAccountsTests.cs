using System.Text;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Tests.Normalization;

public sealed class ServiceAccountsTests
{
    [Theory]
    [InlineData("svc-frontend")]
    [InlineData("CI-Build")]
    [InlineData("gitlab-ci-token")]
    [InlineData("mr.bot")]
    [InlineData("build_nightly")]
    [InlineData("SHOP_RFC")]
    public void NamesOfProgramsAreServiceAccounts(string user) => Assert.True(IsOne(user));

    [Theory]
    [InlineData("lucia.silva")]
    [InlineData("alice.abbott")]
    [InlineData("bob.mcdonald7")]
    [InlineData("capita.apiary")]
    [InlineData("")]
    public void NamesOfPeopleAreNone(string user) => Assert.False(IsOne(user));

    private static bool IsOne(string user) => ServiceAccounts.IsOne(Encoding.Latin1.GetBytes(user));
}
