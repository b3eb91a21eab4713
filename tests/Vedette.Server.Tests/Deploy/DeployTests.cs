using System.Text.Json.Nodes;
using System.Xml.Linq;
using Vedette.Server.Settings;

namespace Vedette.Server.Tests.Deploy;

public sealed class DeployTests
{
    [Fact]
    public void EveryFileIsValidYamlOrJson()
    {
        string[] yaml = [.. Repository.Files(Repository.Deploy, ".yaml", ".yml"), .. Repository.Files(Path.Combine(Repository.Root, ".github"), ".yaml", ".yml")];
        Assert.All(yaml, static file => Assert.NotEmpty(Repository.Yaml(file)));
        Assert.All(Repository.Files(Repository.Deploy, ".json"), static file => JsonNode.Parse(File.ReadAllText(file)));
        Assert.True(yaml.Length > 15);
    }

    [Theory]
    [InlineData("yamllint", "-s", "-c", "deploy/.yamllint", "deploy", ".github")]
    [InlineData("shellcheck", "deploy/deploy.sh", "deploy/nginx/vedette-bans.sh", "test", "vedette", ".ci/run")]
    public async Task LintersFindNothing(string program, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/" + program), $"{program} is not installed");
        Assert.Equal((0, ""), await Repository.RunAsync(program, arguments));
    }

    [Fact]
    public void TheImageIsBuiltFromEveryProjectTheProgramNeeds()
    {
        string dockerfile = File.ReadAllText(Path.Combine(Repository.Deploy, "Dockerfile"));
        foreach (string project in Projects("Vedette.Cli")) Assert.Contains($"COPY src/{project}/*.csproj src/{project}/", dockerfile, StringComparison.Ordinal);
        Assert.Contains("USER app", dockerfile, StringComparison.Ordinal);
        Assert.Contains("HEALTHCHECK", dockerfile, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("compose.prod.yaml")]
    [Trait("Row", "B9")]
    public void WhatAComposeFileMountsAndSetsExists(string name)
    {
        JsonObject compose = Repository.Yaml(Path.Combine(Repository.Deploy, name)).Single().AsObject();
        string[] volumes = [.. compose["volumes"]!.AsObject().Select(static volume => volume.Key)];
        foreach ((string service, JsonNode? definition) in compose["services"]!.AsObject())
        {
            foreach (string mount in Texts(definition!["volumes"]))
            {
                string source = mount.Split(':')[0];
                if (!source.StartsWith('.')) Assert.Contains(source, volumes);
                else if (source != "./tls") Assert.True(Path.Exists(Path.Combine(Repository.Deploy, source)), $"{service} mounts {source}");
            }
        }
        var environment = compose["services"]!["vedette"]!["environment"]!.AsObject().ToDictionary(static entry => entry.Key, static entry => Filled(entry.Value!.GetValue<string>()));
        VedetteSettings settings = SettingsLoader.Load(new SettingsSources { File = new FileInfo(Path.Combine(Repository.Deploy, "vedette.yaml")), Environment = environment, HonorsShortNames = true });
        Assert.Equal("filled-in-with-a-long-text", settings.Access.Token);
    }

    [Theory]
    [InlineData("single", "Deployment")]
    [InlineData("partitioned", "StatefulSet")]
    public void KubernetesObjectsFitTogether(string way, string kind)
    {
        string folder = Path.Combine(Repository.Deploy, "k8s");
        List<JsonNode> objects = [.. Resources(Path.Combine(folder, "base")), .. Resources(Path.Combine(folder, way)), .. Repository.Yaml(Path.Combine(folder, "secret.example.yaml"))];
        JsonNode One(string wanted) => objects.Single(each => Text(each, "kind") == wanted);
        JsonNode work = One(kind), template = work["spec"]!["template"]!, pod = template["spec"]!, container = pod["containers"]![0]!;
        string labels = template["metadata"]!["labels"]!.ToJsonString();
        Assert.Equal(labels, work["spec"]!["selector"]!["matchLabels"]!.ToJsonString());
        Assert.Equal(labels, One("Service")["spec"]!["selector"]!.ToJsonString());
        Assert.Equal(labels, One("PodDisruptionBudget")["spec"]!["selector"]!["matchLabels"]!.ToJsonString());
        Assert.Equal(labels, One("NetworkPolicy")["spec"]!["podSelector"]!["matchLabels"]!.ToJsonString());
        Assert.Equal(Text(container["ports"]![0]!, "name"), Text(One("Service")["spec"]!["ports"]![0]!, "targetPort"));
        Assert.Equal(Text(One("Secret")["metadata"]!, "name"), Text(container["envFrom"]![0]!["secretRef"]!, "name"));
        string[] volumes = [.. pod["volumes"]!.AsArray().Concat(work["spec"]!["volumeClaimTemplates"]?.AsArray().Select(static claim => claim!["metadata"]) ?? []).Select(static volume => Text(volume!, "name"))];
        Assert.All(container["volumeMounts"]!.AsArray(), mount => Assert.Contains(Text(mount!, "name"), volumes));
        foreach (string probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" }) Assert.NotNull(container[probe]!["httpGet"]);
        Assert.True(container["securityContext"]!["readOnlyRootFilesystem"]!.GetValue<bool>());
        Assert.True(pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>());
        if (kind == "StatefulSet") Assert.Equal((kind, Text(work["metadata"]!, "name")), (Text(One("HorizontalPodAutoscaler")["spec"]!["scaleTargetRef"]!, "kind"), Text(One("HorizontalPodAutoscaler")["spec"]!["scaleTargetRef"]!, "name")));
    }

    [Fact]
    public void TheConfigMapHoldsValidSettings()
    {
        JsonNode map = Repository.Yaml(Path.Combine(Repository.Deploy, "k8s", "base", "configmap.yaml")).Single();
        string file = Path.Combine(Directory.CreateTempSubdirectory("vedette-configmap").FullName, "vedette.yaml");
        File.WriteAllText(file, Text(map["data"]!, "vedette.yaml"));
        Assert.Equal("/data", SettingsLoader.Load(new SettingsSources { File = new FileInfo(file) }).DataFolder);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    /// <summary>What a kustomization names, and so whatever it names exists.</summary>
    private static IEnumerable<JsonNode> Resources(string folder) =>
        Repository.Yaml(Path.Combine(folder, "kustomization.yaml")).Single()["resources"]!.AsArray().Select(static name => name!.GetValue<string>())
            .Where(static name => name.EndsWith(".yaml", StringComparison.Ordinal)).SelectMany(name => Repository.Yaml(Path.Combine(folder, name)));

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static IEnumerable<string> Texts(JsonNode? list) => list is null ? [] : list.AsArray().Select(static entry => entry!.GetValue<string>());

    /// <summary>What compose makes of <c>${NAME:-default}</c> and <c>${NAME:?what to do}</c>.</summary>
    private static string Filled(string text)
    {
        int start;
        while ((start = text.IndexOf("${", StringComparison.Ordinal)) >= 0)
        {
            int end = text.IndexOf('}', start), fallback = text.IndexOf(":-", start, end - start, StringComparison.Ordinal);
            text = text[..start] + (fallback < 0 ? "filled-in-with-a-long-text" : text[(fallback + 2)..end]) + text[(end + 1)..];
        }
        return text;
    }

    private static HashSet<string> Projects(string project)
    {
        var found = new HashSet<string> { project };
        foreach (XElement reference in XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj")).Descendants("ProjectReference"))
            found.UnionWith(Projects(Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))));
        return found;
    }
}
