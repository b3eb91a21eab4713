using Vedette.Server.Models;

namespace Vedette.Server.Tests.Models;

public sealed class QuietThreadTests
{
    /// <summary>Field 41 of <c>/proc/PID/stat</c>, counted from the closing bracket of the name, field 2.</summary>
    private const int PolicyAfterName = 38;

    private const string Idle = "5";

    [Fact]
    public async Task ItRunsOnlyWhereNobodyElseWantsToOnLinux()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have a priority instead.");
        string stat = await QuietThread.RunAsync(static () => File.ReadAllText("/proc/thread-self/stat"));
        Assert.Equal(Idle, stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[PolicyAfterName]);
    }

    [Fact]
    public async Task WhatItThrowsReachesWhoWaits() =>
        await Assert.ThrowsAsync<FormatException>(static () => QuietThread.RunAsync(static () => int.Parse("x", System.Globalization.CultureInfo.InvariantCulture)));
}
