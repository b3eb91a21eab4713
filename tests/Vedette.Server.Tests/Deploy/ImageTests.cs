using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Vedette.Server.Settings;

namespace Vedette.Server.Tests.Deploy;

/// <summary>The image fits the repository it is built from and the files that run it, as far as that is seen without building it.</summary>
public sealed partial class ImageTests
{
    private static readonly Dockerfile Image = new(Path.Combine(Repository.Deploy, "Dockerfile"));

    [Fact]
    public void WhatIsCopiedIsThereAndTheBuildSeesIt()
    {
        Assert.NotEmpty(Image.Copies);
        foreach (string source in Image.Copies.SelectMany(static copy => copy.Sources))
        {
            string[] found = [.. FilesOf(source)];
            Assert.True(found.Length > 0, $"COPY {source}: there is no such file.");
            Assert.True(found.Any(Image.Sees), $"COPY {source}: .dockerignore keeps it from the build.");
        }
        Assert.False(Image.Sees("web/node_modules/react/index.js"));
        Assert.False(Image.Sees("src/Vedette.Cli/bin/Release/net10.0/vedette.dll"));
        Assert.False(Image.Sees(".git/config"));
        Assert.False(Image.Sees("deploy/.env"));
    }

    /// <summary>What a project imports or embeds from outside its own folder is copied as well.</summary>
    [Fact]
    public void WhatProjectsReadBesideTheirFolderIsCopied()
    {
        string[] copied = [.. Image.Copies.SelectMany(static copy => copy.Sources).SelectMany(FilesOf).Where(Image.Sees).Distinct(StringComparer.Ordinal)];
        string[] projects = [.. copied.Where(static file => file.EndsWith(".csproj", StringComparison.Ordinal))];
        Assert.True(projects.Length > 5);
        foreach (string project in projects)
        {
            foreach (XAttribute named in XDocument.Load(Path.Combine(Repository.Root, project)).Descendants().Attributes().Where(static a => a.Name.LocalName is "Include" or "Project" && a.Value.StartsWith("..", StringComparison.Ordinal)))
            {
                string file = Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, named.Value)));
                Assert.True(copied.Contains(file), $"{project} reads {file}, which the image's build does not have.");
            }
        }
        Assert.All(["global.json", "Directory.Build.props", "Directory.Packages.props", ".editorconfig"], name => Assert.Contains(name, copied));
    }

    /// <summary>A misspelt variable would be ignored in silence.</summary>
    [Fact]
    public void VariablesThatAreSetMeanSomething()
    {
        Assert.All(Image.Environment.Keys, static name => Assert.True(IsKnown(name), name));
        foreach (string file in new[] { "compose.yaml", "compose.prod.yaml" })
            Assert.All(Compose(file)["services"]!["vedette"]!["environment"]!.AsObject(), entry => Assert.True(IsKnown(entry.Key), $"{file}: {entry.Key}"));
        Assert.All(Repository.Yaml(Path.Combine(Repository.Deploy, "k8s", "secret.example.yaml")).Single()["stringData"]!.AsObject(), static entry => Assert.True(IsKnown(entry.Key), entry.Key));
    }

    [Fact]
    public void OnePortIsMeantEverywhere()
    {
        string port = Image.Environment["PORT"];
        Assert.Equal([port], Image.Final("EXPOSE"));
        Assert.Equal("0.0.0.0", Image.Environment["HOST"]);
        Assert.Contains($":{port}/health", Assert.Single(Image.Final("HEALTHCHECK")), StringComparison.Ordinal);
        Assert.EndsWith($":{port}", Compose("compose.yaml")["services"]!["vedette"]!["ports"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains($"server vedette:{port} ", File.ReadAllText(Path.Combine(Repository.Deploy, "nginx", "nginx.conf")), StringComparison.Ordinal);
        Assert.Contains($"http://127.0.0.1:{port}/health/ready", File.ReadAllText(Path.Combine(Repository.Deploy, "deploy.sh")), StringComparison.Ordinal);
        JsonNode prometheus = Repository.Yaml(Path.Combine(Repository.Deploy, "prometheus", "prometheus.yml")).Single();
        Assert.Equal($"vedette:{port}", prometheus["scrape_configs"]![0]!["static_configs"]![0]!["targets"]![0]!.GetValue<string>());
    }

    [Fact]
    public void TheHealthCheckRunsAProgramThatTheImageHas()
    {
        string check = Assert.Single(Image.Final("HEALTHCHECK")), program = Command().Match(check).Groups[1].Value;
        Assert.Contains(program, Install().Match(Assert.Single(Image.Final("RUN"))).Groups[1].Value.Split(' '));
    }

    /// <summary>The image starts without anything mounted, and what is mounted takes the place of its own settings.</summary>
    [Fact]
    [Trait("Row", "B9")]
    public void TheImageStartsTheProgramItPublishedWithSettingsThatAreThere()
    {
        string assembly = XDocument.Load(Path.Combine(Repository.Root, "src", "Vedette.Cli", "Vedette.Cli.csproj")).Descendants("AssemblyName").Single().Value;
        Assert.Equal(["dotnet", $"/app/{assembly}.dll"], Words(Assert.Single(Image.Final("ENTRYPOINT"))));
        string[] command = Words(Assert.Single(Image.Final("CMD")));
        Assert.Equal(["serve", "--config"], command[..2]);
        (string[] sources, string target) = Assert.Single(Image.Copies, copy => copy.Target == command[2] || copy.Target == Path.GetDirectoryName(command[2]) + "/");
        Assert.Equal(["deploy/vedette.yaml"], sources);
        Assert.NotEmpty(target);
        VedetteSettings settings = SettingsLoader.Load(new SettingsSources { File = new FileInfo(Path.Combine(Repository.Root, sources[0])), Environment = Image.Environment.ToDictionary(), HonorsShortNames = true });
        Assert.Equal(Image.Final("VOLUME"), [settings.DataFolder]);
        foreach (string file in new[] { "compose.yaml", "compose.prod.yaml" })
            Assert.Contains($"./vedette.yaml:{command[2]}:ro", Compose(file)["services"]!["vedette"]!["volumes"]!.AsArray().Select(static mount => mount!.GetValue<string>()));
    }

    /// <summary>Names by which one container finds another are names of services.</summary>
    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("compose.prod.yaml")]
    public void ContainersFindEachOther(string file)
    {
        JsonObject services = Compose(file)["services"]!.AsObject();
        string[] names = [.. services.Select(static service => service.Key)];
        foreach ((string name, JsonNode? service) in services)
        {
            Assert.True(service!["image"] is not null, $"{name} has no image");
            IEnumerable<string> needed = service["depends_on"] switch { JsonArray list => list.Select(static one => one!.GetValue<string>()), JsonObject map => map.Select(static one => one.Key), _ => [] };
            Assert.Empty(needed.Except(names));
            // "service_healthy" waits for ever for a container that has no health check.
            if (service["depends_on"] is JsonObject conditions)
                foreach (string waited in conditions.Where(static one => one.Value!["condition"]!.GetValue<string>() == "service_healthy").Select(static one => one.Key))
                    Assert.True(waited == "vedette" || services[waited]!["healthcheck"] is not null, $"{name} waits for {waited}");
            IEnumerable<string> networks = service["networks"] switch { JsonArray list => list.Select(static one => one!.GetValue<string>()), JsonObject map => map.Select(static one => one.Key), _ => [] };
            Assert.Empty(networks.Except(Compose(file)["networks"]?.AsObject().Select(static one => one.Key) ?? []));
        }
        string source = Repository.Yaml(Path.Combine(Repository.Deploy, "grafana", "provisioning", "datasources", "prometheus.yaml")).Single()["datasources"]![0]!["url"]!.GetValue<string>();
        Assert.Contains(new Uri(source).Host, names);
        string dashboards = Repository.Yaml(Path.Combine(Repository.Deploy, "grafana", "provisioning", "dashboards", "vedette.yaml")).Single()["providers"]![0]!["options"]!["path"]!.GetValue<string>();
        Assert.Contains($"./grafana/dashboards:{dashboards}:ro", services["grafana"]!["volumes"]!.AsArray().Select(static mount => mount!.GetValue<string>()));
    }

    private static JsonObject Compose(string file) => Repository.Yaml(Path.Combine(Repository.Deploy, file)).Single().AsObject();

    /// <summary>Short names are honored; long ones are checked when the settings are loaded; those of .NET are its own.</summary>
    private static bool IsKnown(string name) =>
        ShortNames.Paths.ContainsKey(name) || name.StartsWith("VEDETTE__", StringComparison.Ordinal) || name.StartsWith("DOTNET_", StringComparison.Ordinal);

    private static string[] Words(string json) => [.. JsonNode.Parse(json)!.AsArray().Select(static word => word!.GetValue<string>())];

    /// <summary>Files of the repository that a source of COPY names: a file, a folder with all in it, or a pattern of one folder. What git ignores is left out by name.</summary>
    private static IEnumerable<string> FilesOf(string source)
    {
        string path = Path.Combine(Repository.Root, source);
        IEnumerable<string> files = Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            : Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        return files.Select(static file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));
    }

    [GeneratedRegex(@"CMD (\w+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Command();

    [GeneratedRegex(@"apt-get install -y --no-install-recommends ([^&]*\w)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Install();
}
