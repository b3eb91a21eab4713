using Vedette.Engine.Learning;

namespace Vedette.Engine.Tests.Learning;

public sealed class ModelDirectoryTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("vedette-models-").FullName;

    private ModelDirectory Versions => new(Path.Combine(_folder, "models"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AnEmptyFolderHasNoVersions()
    {
        Assert.Empty(Versions.List());
        Assert.Null(Versions.Active);
        Assert.Null(Versions.LoadActive());
    }

    [Fact]
    public void WhatIsAddedBecomesActiveAndKnowsItsParent()
    {
        ModelSet first = Versions.Add(SmallModels.Instance, Now), second = Versions.Add(SmallModels.Instance, Now.AddDays(1));
        Assert.Equal(("v0001", "v0002"), (first.Version, second.Version));
        Assert.Equal("v0001", second.Lineage.Parent);
        Assert.Equal(["v0002", "v0001"], Versions.List().Select(static version => version.Version));
        Assert.Equal([true, false], Versions.List().Select(static version => version.IsActive));
        Assert.Equal(Now.AddDays(1), Versions.List()[0].Lineage.CreatedAt);
        Assert.NotEmpty(Versions.List()[0].Lineage.Metrics);
    }

    [Fact]
    [Trait("Row", "C13")]
    public void ModelsReadBackSaveTheSameBytes()
    {
        ModelSet saved = Versions.Add(SmallModels.Instance, Now);
        Assert.Equal(ModelTrainerTests.Bytes(saved), ModelTrainerTests.Bytes(Versions.LoadActive()!));
    }

    [Fact]
    [Trait("Row", "E11")]
    public void ActivatingAndRollingBackChangeWhatIsActive()
    {
        for (int i = 0; i < 3; i++) Versions.Add(SmallModels.Instance, Now);
        Assert.Equal("v0001", Versions.Activate("v0001").Version);
        Assert.Equal("v0001", Versions.Active);
        Versions.Activate("v0003");
        Assert.Equal("v0002", Versions.RollBack().Version);
        Assert.Equal("v0001", Versions.RollBack().Version);
        Assert.Contains("none to go back to", Assert.Throws<InvalidDataException>(() => Versions.RollBack()).Message, StringComparison.Ordinal);
        Assert.Equal("v0001", Versions.Active);
    }

    [Theory]
    [InlineData("flipped", "damaged")]
    [InlineData("cut", "end")]
    [InlineData("foreign", "not a Vedette model")]
    public void ADamagedVersionIsRefusedAndTheActiveOneStays(string damage, string reason)
    {
        Versions.Add(SmallModels.Instance, Now);
        Versions.Add(SmallModels.Instance, Now);
        Versions.Activate("v0001");
        string file = Path.Combine(Versions.Path, "v0002.model");
        byte[] bytes = File.ReadAllBytes(file);
        if (damage == "flipped") bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, damage == "cut" ? bytes[..1000] : damage == "foreign" ? "PK not a model at all"u8.ToArray() : bytes);
        var problem = Assert.Throws<InvalidDataException>(() => Versions.Activate("v0002"));
        Assert.Contains(reason, problem.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("v0002.model", problem.Message, StringComparison.Ordinal);
        Assert.Equal("v0001", Versions.Active);
        Assert.Equal("v0001", Versions.LoadActive()!.Version);
    }

    [Fact]
    public void AnActiveVersionWhoseFileIsGoneIsNotPassedOverInSilence()
    {
        Versions.Add(SmallModels.Instance, Now);
        Versions.Add(SmallModels.Instance, Now);
        File.Delete(Path.Combine(Versions.Path, "v0002.model"));
        var problem = Assert.Throws<InvalidDataException>(() => Versions.LoadActive());
        Assert.Contains("Activate another version or train again", problem.Message, StringComparison.Ordinal);
        Assert.Equal("v0001", Versions.Activate("v0001").Version);
        Assert.Equal("v0001", Versions.LoadActive()!.Version);
    }

    [Fact]
    public void ModelsOfOtherFeaturesAreRefusedWithTheAdviceToTrainAgain()
    {
        var older = new ModelSet(SmallModels.Instance.Parts, SmallModels.Instance.Lineage with { Schema = "0123456789abcdef" });
        var problem = Assert.Throws<InvalidDataException>(() => ModelSet.Load(new MemoryStream(ModelTrainerTests.Bytes(older))));
        Assert.Contains("train again", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v0007")]
    [InlineData("../v0001")]
    [InlineData("")]
    public void AVersionThatIsNoneIsRefused(string name)
    {
        Versions.Add(SmallModels.Instance, Now);
        Assert.Contains("no version", Assert.Throws<InvalidDataException>(() => Versions.Activate(name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HalfWrittenFilesOfACrashAreNoVersions()
    {
        Versions.Add(SmallModels.Instance, Now);
        File.WriteAllText(Path.Combine(Versions.Path, "v0002.model.new"), "half");
        File.WriteAllText(Path.Combine(Versions.Path, "v0002.json"), "{}");
        Assert.Equal(["v0001"], Versions.List().Select(static version => version.Version));
        Assert.Equal("v0002", Versions.Add(SmallModels.Instance, Now).Version);
    }

    [Fact]
    public void OldVersionsGoButNeverTheActiveOneOrItsParent()
    {
        var few = new ModelDirectory(Versions.Path, keep: 2);
        for (int i = 0; i < 3; i++) few.Add(SmallModels.Instance, Now);
        few.Activate("v0002");
        few.Add(SmallModels.Instance, Now);
        Assert.Equal(["v0004", "v0003", "v0002"], few.List().Select(static version => version.Version));
    }
}
