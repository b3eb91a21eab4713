using System.Text;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Tests.Normalization;

public sealed class LoginWordsTests
{
    [Theory]
    [InlineData("login")]
    [InlineData("LOGIN")]
    [InlineData("Login.aspx")]
    [InlineData("wp-login.php")]
    [InlineData("xmlrpc.php")]
    [InlineData("sign-in")]
    [InlineData("signin")]
    [InlineData("auth")]
    [InlineData("token")]
    [InlineData("sessions")]
    [InlineData("j_security_check")]
    public void PlacesToLogInAreKnown(string segment) => Assert.True(LoginWords.Contains(Encoding.UTF8.GetBytes(segment)));

    [Theory]
    [InlineData("")]
    [InlineData("log")]
    [InlineData("logout")]
    [InlineData("logins")]
    [InlineData("author")]
    [InlineData("authors")]
    [InlineData("blog")]
    [InlineData("tokenizer")]
    [InlineData("signup")]
    [InlineData(".login")]
    [InlineData("a-very-long-segment-that-ends-in-login")]
    public void OtherWordsAreNot(string segment) => Assert.False(LoginWords.Contains(Encoding.UTF8.GetBytes(segment)));
}
