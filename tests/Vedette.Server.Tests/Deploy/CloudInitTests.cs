using System.Runtime.Versioning;
using System.Text.Json.Nodes;

namespace Vedette.Server.Tests.Deploy;

/// <summary>The first boot of a machine in a cloud, with the real script, git and openssl; of docker only what it was told.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CloudInitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-cloud").FullName;

    [Fact]
    [Trait("Row", "B13")]
    public async Task AMachineIsSetUpFromTheRepositoryWithSecretsOfItsOwn()
    {
        string source = Path.Combine(_folder, "source"), target = Path.Combine(_folder, "vedette");
        Directory.CreateDirectory(source);
        await Succeed("cp", "-r", Repository.Deploy, source);
        foreach (string left in new[] { ".env", "tls" }) await Succeed("rm", "-rf", Path.Combine(source, "deploy", left));
        await Succeed("git", "init", "-q", source);
        await Succeed("git", "-C", source, "add", "-A");
        await Succeed("git", "-C", source, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "all");
        string programs = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName, told = Path.Combine(_folder, "docker.log");
        await File.WriteAllTextAsync(Path.Combine(programs, "docker"), $"#!/bin/sh\necho \"$*\" >> {told}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(Path.Combine(programs, "docker"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        string script = Script().Replace("repository=REPOSITORY", "repository=file://" + source, StringComparison.Ordinal).Replace("folder=/opt/vedette", "folder=" + target, StringComparison.Ordinal);
        (int exit, string output) = await RunAsync(script, ("PATH", programs + ":" + Environment.GetEnvironmentVariable("PATH")));

        Assert.True(exit == 0, output);
        string[] secrets = await File.ReadAllLinesAsync(Path.Combine(target, "deploy", ".env"), TestContext.Current.CancellationToken);
        string[] wanted = [.. File.ReadLines(Path.Combine(Repository.Deploy, "env.example")).Where(static line => line.EndsWith('=')).Select(static line => line.TrimEnd('='))];
        Assert.Equal(wanted, secrets.Select(static line => line.Split('=')[0]));
        Assert.Equal(wanted.Length, secrets.Select(static line => line.Split('=')[1]).Where(static value => value.Length == 48).Distinct().Count());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(target, "deploy", ".env")));
        Assert.All(["vedette.crt", "vedette.key"], name => Assert.True(File.Exists(Path.Combine(target, "deploy", "tls", name))));
        Assert.Contains("compose -f compose.prod.yaml up -d --no-build", await File.ReadAllTextAsync(told, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(secrets[0].Split('=')[1], output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingRepositoryIsNamed()
    {
        (int exit, string output) = await RunAsync(Script());
        Assert.Equal(2, exit);
        Assert.Contains("REPOSITORY", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShellcheckFindsNothing()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shellcheck"), "shellcheck is not installed");
        Assert.Equal((0, ""), await Repository.RunAsync("shellcheck", [Save(Script())]));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Script()
    {
        JsonNode machine = Repository.Yaml(Path.Combine(Repository.Deploy, "cloud", "cloud-init.yaml")).Single();
        JsonNode file = machine["write_files"]!.AsArray().Single()!;
        Assert.Equal(file["path"]!.GetValue<string>(), machine["runcmd"]![0]![0]!.GetValue<string>());
        return file["content"]!.GetValue<string>();
    }

    private string Save(string script)
    {
        string path = Path.Combine(_folder, "first-boot.sh");
        File.WriteAllText(path, script);
        return path;
    }

    private Task<(int Exit, string Output)> RunAsync(string script, params (string Name, string Value)[] environment) =>
        Repository.RunAsync("bash", [Save(script)], environment);

    private static async Task Succeed(string program, params string[] arguments)
    {
        (int exit, string output) = await Repository.RunAsync(program, arguments);
        Assert.True(exit == 0, output);
    }
}
