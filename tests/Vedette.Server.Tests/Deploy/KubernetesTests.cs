using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vedette.Server.Tests.Deploy;

/// <summary>Kubernetes would take the objects: names, fields, quantities and references are as its API wants them, as far as that is seen without a cluster.</summary>
public sealed partial class KubernetesTests
{
    /// <summary>Kinds and the versions of the API that serve them.</summary>
    private static readonly Dictionary<string, string> Versions = new()
    {
        ["Namespace"] = "v1", ["ConfigMap"] = "v1", ["Secret"] = "v1", ["Service"] = "v1", ["PersistentVolumeClaim"] = "v1", ["Deployment"] = "apps/v1", ["StatefulSet"] = "apps/v1",
        ["NetworkPolicy"] = "networking.k8s.io/v1", ["Ingress"] = "networking.k8s.io/v1", ["PodDisruptionBudget"] = "policy/v1", ["HorizontalPodAutoscaler"] = "autoscaling/v2", ["Kustomization"] = "kustomize.config.k8s.io/v1beta1",
    };

    /// <summary>Fields that are known where a misspelt one would be refused, or worse, mean nothing.</summary>
    private static readonly Dictionary<string, string[]> Fields = new()
    {
        ["Deployment"] = ["replicas", "strategy", "selector", "template", "revisionHistoryLimit", "minReadySeconds"],
        ["StatefulSet"] = ["replicas", "serviceName", "podManagementPolicy", "selector", "template", "volumeClaimTemplates", "updateStrategy"],
        ["pod"] = ["automountServiceAccountToken", "terminationGracePeriodSeconds", "securityContext", "containers", "volumes", "affinity", "topologySpreadConstraints"],
        ["container"] = ["name", "image", "imagePullPolicy", "args", "command", "env", "envFrom", "ports", "securityContext", "startupProbe", "livenessProbe", "readinessProbe", "resources", "volumeMounts", "lifecycle"],
        ["probe"] = ["httpGet", "periodSeconds", "failureThreshold", "timeoutSeconds", "initialDelaySeconds", "successThreshold"],
    };

    private static readonly string[] Probes = ["startupProbe", "livenessProbe", "readinessProbe"];

    public static TheoryData<string> Ways => ["single", "partitioned"];

    [Fact]
    public void EveryObjectHasAKindAVersionAndAName()
    {
        string folder = Path.Combine(Repository.Deploy, "k8s");
        JsonNode[] objects = [.. Repository.Files(folder, ".yaml").SelectMany(Repository.Yaml)];
        Assert.True(objects.Length > 12);
        foreach (JsonNode one in objects)
        {
            string kind = Text(one, "kind");
            Assert.Equal(Versions[kind], Text(one, "apiVersion"));
            if (kind != "Kustomization") Assert.Matches(DnsLabel(), Text(one["metadata"]!, "name"));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void FieldsAreThoseThatThereAre(string way)
    {
        JsonNode work = Work(way), pod = Pod(way);
        AssertKnown(Text(work, "kind"), work["spec"]!);
        AssertKnown("pod", pod);
        foreach (JsonNode? container in pod["containers"]!.AsArray())
        {
            AssertKnown("container", container!);
            foreach (string probe in Probes) AssertKnown("probe", container![probe]!);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    [Trait("Row", "B9")]
    public void WhatIsReferredToIsThere(string way)
    {
        JsonNode[] objects = Objects(way);
        JsonNode container = Pod(way)["containers"]![0]!, service = objects.Single(static one => Text(one, "kind") == "Service");
        string[] ports = [.. container["ports"]!.AsArray().Select(static port => Text(port!, "name"))];
        foreach (string probe in Probes) Assert.Contains(Text(container[probe]!["httpGet"]!, "port"), ports);
        foreach (JsonNode? volume in Pod(way)["volumes"]!.AsArray())
        {
            if (volume!["configMap"] is { } map) Assert.Contains(objects, one => IsOf(one, "ConfigMap", Text(map, "name")));
            if (volume["persistentVolumeClaim"] is { } claim) Assert.Contains(objects, one => IsOf(one, "PersistentVolumeClaim", Text(claim, "claimName")));
        }
        string ns = Text(Kustomization(way), "namespace");
        Assert.Contains(objects, one => IsOf(one, "Namespace", ns));
        if (objects.SingleOrDefault(static one => Text(one, "kind") == "Ingress") is { } ingress)
        {
            JsonNode backend = ingress["spec"]!["rules"]![0]!["http"]!["paths"]![0]!["backend"]!["service"]!;
            Assert.Equal(Text(service["metadata"]!, "name"), Text(backend, "name"));
            Assert.Contains(Text(backend["port"]!, "name"), service["spec"]!["ports"]!.AsArray().Select(static port => Text(port!, "name")));
        }
        if (Text(Work(way), "kind") == "StatefulSet") Assert.Equal(Text(service["metadata"]!, "name"), Text(Work(way)["spec"]!, "serviceName"));
        string port = new Dockerfile(Path.Combine(Repository.Deploy, "Dockerfile")).Environment["PORT"];
        Assert.Equal(port, container["ports"]![0]!["containerPort"]!.ToString());
        Assert.Equal(port, Work(way)["spec"]!["template"]!["metadata"]!["annotations"]!["prometheus.io/port"]!.ToString());
        Assert.Equal(port, objects.Single(static one => Text(one, "kind") == "NetworkPolicy")["spec"]!["ingress"]![0]!["ports"]![0]!["port"]!.ToString());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void QuantitiesAreQuantities(string way)
    {
        JsonNode container = Pod(way)["containers"]![0]!;
        string[] quantities = [.. new[] { container["resources"]!["requests"], container["resources"]!["limits"] }.SelectMany(static part => part!.AsObject()).Select(static entry => entry.Value!.ToString())];
        Assert.Equal(3, quantities.Length);
        Assert.All(quantities, static quantity => Assert.Matches(Quantity(), quantity));
    }

    /// <summary>The namespace lets nothing in that has more rights than it needs.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void PodsAreAsTheNamespaceDemands(string way)
    {
        Assert.Equal("restricted", Text(Objects(way).Single(static one => Text(one, "kind") == "Namespace")["metadata"]!["labels"]!, "pod-security.kubernetes.io/enforce"));
        JsonNode pod = Pod(way)["securityContext"]!, container = Pod(way)["containers"]![0]!["securityContext"]!;
        Assert.Equal(("true", "RuntimeDefault", "false"), (pod["runAsNonRoot"]!.ToString(), Text(pod["seccompProfile"]!, "type"), container["allowPrivilegeEscalation"]!.ToString()));
        Assert.Equal("ALL", container["capabilities"]!["drop"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task ProbesAskWhatTheServerAnswers()
    {
        await using TestServer server = await TestServer.StartAsync();
        foreach (string path in Ways.SelectMany(static way => Probes.Select(probe => Text(Pod(way.Data)["containers"]![0]![probe]!["httpGet"]!, "path"))).Distinct())
            Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(path)).StatusCode);
    }

    private static JsonNode Kustomization(string way) => Repository.Yaml(Path.Combine(Repository.Deploy, "k8s", way, "kustomization.yaml")).Single();

    /// <summary>All objects of a way to run it, in its own folder and in the one it builds on.</summary>
    private static JsonNode[] Objects(string way) =>
        [.. new[] { "base", way }.SelectMany(static folder => Repository.Files(Path.Combine(Repository.Deploy, "k8s", folder), ".yaml")).SelectMany(Repository.Yaml).Where(static one => Text(one, "kind") != "Kustomization")];

    private static JsonNode Work(string way) => Objects(way).Single(static one => Text(one, "kind") is "Deployment" or "StatefulSet");

    private static JsonNode Pod(string way) => Work(way)["spec"]!["template"]!["spec"]!;

    private static bool IsOf(JsonNode one, string kind, string name) => Text(one, "kind") == kind && Text(one["metadata"]!, "name") == name;

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static void AssertKnown(string what, JsonNode node) => Assert.Empty(node.AsObject().Select(static entry => entry.Key).Except(Fields[what]));

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DnsLabel();

    [GeneratedRegex("^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quantity();
}
