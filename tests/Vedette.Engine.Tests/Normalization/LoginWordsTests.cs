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
    [InlineData("log_in")]
    [InlineData("adminLogin")]
    [InlineData("UserService.Authenticate")]
    [InlineData("auth.SignInWithPassword")]
    [InlineData("user.login")]
    [InlineData("access_token")]
    [InlineData("verify-otp")]
    [InlineData("connexion")]
    [InlineData("se-connecter")]
    [InlineData("Anmelden.do")]
    [InlineData("acceso")]
    [InlineData("logowanie")]
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
    [InlineData("login-history")]
    [InlineData("LoginAttempts")]
    [InlineData("token-prices")]
    [InlineData("session_list")]
    [InlineData("authors.json")]
    [InlineData("cataloginfo")]
    [InlineData("how-to-log-in-again")]
    [InlineData("a-very-long-segment-that-ends-in-login")]
    public void OtherWordsAreNot(string segment) => Assert.False(LoginWords.Contains(Encoding.UTF8.GetBytes(segment)));

    [Fact]
    public void WhatWasRememberedOfOneSegmentIsNotSaidOfAnother()
    {
        foreach (string segment in (string[])["login", "orders", "login", "orders"])
            Assert.Equal(segment == "login", LoginWords.Contains(Encoding.UTF8.GetBytes(segment), segment == "login" ? 0x10UL : 0x10UL + 2 * 4096));
    }

    [Theory]
    [InlineData("option=com_users&task=user.login", true)]
    [InlineData("route=account/login", true)]
    [InlineData("action=signIn", true)]
    [InlineData("action=logout", false)]
    [InlineData("type=token&view=session", false)]
    [InlineData("page=login-history", false)]
    [InlineData("login=1", false)]
    [InlineData("next=how+do+i+log+in+to+this+shop", false)]
    [InlineData("", false)]
    public void AQueryMayNameALoginAsItsAction(string query, bool expected) => Assert.Equal(expected, LoginWords.IsAction(Encoding.UTF8.GetBytes(query)));
}
