using System.Text;
using System.Text.Json.Nodes;
using Vedette.Engine.Signatures;

namespace Vedette.Engine.Tests.Signatures;

public class PayloadModelTests
{
    [Fact]
    public void TheModelThatShipsKnowsEveryRule()
    {
        var model = PayloadModel.LoadEmbedded();
        Assert.All(Rules.All.Where(rule => !rule.IsContext), rule => Assert.InRange(model.Weight(rule), 0, PayloadModel.MaxWeight));
        Assert.InRange(model.Bias(PayloadClass.Xss), -20, 0);
    }

    [Fact]
    public void TheModelThatShipsTellsWhereItComesFrom()
    {
        var lineage = Shipped()["lineage"]!;
        Assert.NotNull(lineage["seed"]);
        Assert.All(lineage["sources"]!.AsObject(), source => Assert.NotNull(source.Value!["licence"]));
    }

    [Fact]
    public void AnotherVersionIsRefused() => AssertRefused(model => model["version"] = PayloadModel.Version + 1);

    [Fact]
    public void AWeightOutOfBoundsIsRefused()
    {
        AssertRefused(model => model["rules"]!["sql.tautology"] = -1);
        AssertRefused(model => model["rules"]!["sql.tautology"] = 1000);
        AssertRefused(model => model["context"]!["context.prose"]!["xss"] = -100);
        AssertRefused(model => model["bias"]!["xss"] = 3);
    }

    [Fact]
    public void AMissingOrUnknownNameIsRefused()
    {
        AssertRefused(model => model["rules"]!.AsObject().Remove("sql.tautology"));
        AssertRefused(model => model["bias"]!["no_such_class"] = -1);
        AssertRefused(model => model["context"]!["context.no_such"] = new JsonObject());
        AssertRefused(model => model.AsObject().Remove("bias"));
    }

    [Fact]
    public void GarbageIsRefused() => Assert.Throws<InvalidDataException>(() => PayloadModel.Load(new MemoryStream("{"u8.ToArray())));

    [Fact]
    public void EvidenceAddsUpWithinItsClassOnly()
    {
        var hits = new RuleHits();
        hits.Mark(Rules.XssScriptTag, 0, 1);
        hits.Mark(Rules.XssCall, 0, 1);
        Span<float> logits = stackalloc float[PayloadClassNames.Count];
        var model = PayloadModel.Prior;
        Assert.Equal(PayloadClasses.Xss, model.Evaluate(hits, logits));
        Assert.Equal(model.Bias(PayloadClass.Xss) + Rules.XssScriptTag.Prior + Rules.XssCall.Prior, logits[(int)PayloadClass.Xss], 3);
    }

    [Fact]
    public void EvidenceListsItsRulesInOrder()
    {
        var hits = new RuleHits();
        Rule[] marked = [Rules.SqlUnionSelect, Rules.XssScriptTag, Rules.ContextLong, Rules.ScannerTool];
        foreach (var rule in marked) hits.Mark(rule, 0, 0);
        var found = new List<int>();
        for (int i = hits.Next(0); i >= 0; i = hits.Next(i + 1)) found.Add(i);
        Assert.Equal(marked.Select(rule => rule.Index).Order(), found);
    }

    [Fact]
    public void NamesOfClassesAreThoseOfIncidents()
    {
        Assert.Equal("sql_injection", PayloadClass.SqlInjection.Name());
        Assert.All(Enum.GetValues<PayloadClass>(), payloadClass => Assert.Equal(payloadClass, PayloadClassNames.Parse(payloadClass.Name())));
        Assert.Equal(PayloadClass.None, PayloadClassNames.Parse("nonsense"));
        Assert.Equal(PayloadClasses.Scanner, PayloadClass.Scanner.AsSet());
    }

    private static JsonNode Shipped()
    {
        using var stream = typeof(PayloadModel).Assembly.GetManifestResourceStream("Vedette.Engine.Signatures.Data.payload-model.json")!;
        return JsonNode.Parse(stream)!;
    }

    private static void AssertRefused(Action<JsonNode> change)
    {
        var model = Shipped();
        change(model);
        Assert.Throws<InvalidDataException>(() => PayloadModel.Load(new MemoryStream(Encoding.UTF8.GetBytes(model.ToJsonString()))));
    }
}
