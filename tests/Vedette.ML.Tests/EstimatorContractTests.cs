namespace Vedette.ML.Tests;

/// <summary>What every estimator promises. A new one is added as one line of <see cref="EstimatorContracts"/>.</summary>
public class EstimatorContractTests
{
    private const int Features = 5;

    public static TheoryData<string> Names => [.. EstimatorContracts.All.Select(contract => contract.Name)];

    public static TheoryData<string> NamesAcceptingMissing => [.. EstimatorContracts.All.Where(contract => contract.AcceptsMissing).Select(contract => contract.Name)];

    [Theory, MemberData(nameof(Names))]
    public void SameSeedGivesTheSameResultOnAnyNumberOfThreads(string name)
    {
        var (rows, labels) = TestRows.Blobs(600, Features, 1);
        var contract = EstimatorContracts.Named(name);

        float[] one = contract.Fit(rows, labels, Features, 7, 1).Evaluate(rows);
        float[] again = contract.Fit(rows, labels, Features, 7, 1).Evaluate(rows);
        float[] many = contract.Fit(rows, labels, Features, 7, 4).Evaluate(rows);

        Assert.Equal(one, again);
        Assert.Equal(one, many);
        Assert.True(one.Distinct().Count() > 10, "The result does not depend on the row.");
    }

    [Theory, MemberData(nameof(Names))]
    public void SavedModelEvaluatesAsBefore(string name)
    {
        var (rows, labels) = TestRows.Blobs(300, Features, 2);
        var contract = EstimatorContracts.Named(name);
        var model = contract.Fit(rows, labels, Features, 3, 1);
        using var file = new MemoryStream();

        model.Save(file);
        file.Position = 0;
        var loaded = contract.Load(file);

        Assert.Equal(Features, loaded.FeatureCount);
        Assert.Equal(model.Evaluate(rows), loaded.Evaluate(rows));
    }

    [Theory, MemberData(nameof(Names))]
    public void DamagedOrForeignModelFileIsRefused(string name)
    {
        var (rows, labels) = TestRows.Blobs(100, Features, 2);
        var contract = EstimatorContracts.Named(name);
        using var file = new MemoryStream();
        contract.Fit(rows, labels, Features, 3, 1).Save(file);
        byte[] bytes = file.ToArray();

        Assert.Throws<InvalidDataException>(() => contract.Load(new MemoryStream(bytes[..^40])));
        bytes[bytes.Length / 2] ^= 0x10;
        Assert.Throws<InvalidDataException>(() => contract.Load(new MemoryStream(bytes)));
        Assert.Throws<InvalidDataException>(() => contract.Load(new MemoryStream([1, 2, 3])));
    }

    [Theory, MemberData(nameof(Names))]
    public void RowsGiveTheSameResultAloneOrInABatch(string name)
    {
        var (rows, labels) = TestRows.Blobs(203, Features, 4);
        var model = EstimatorContracts.Named(name).Fit(rows, labels, Features, 3, 1);
        float[] together = model.Evaluate(rows);

        for (int row = 0; row < 203; row += 29)
            Assert.Equal(together[row], model.Evaluate(rows[(row * Features)..((row + 1) * Features)])[0], 1e-5f);
    }

    [Theory, MemberData(nameof(Names))]
    public void WrongShapesAreRefused(string name)
    {
        var (rows, labels) = TestRows.Blobs(100, Features, 5);
        var contract = EstimatorContracts.Named(name);
        var model = contract.Fit(rows, labels, Features, 3, 1);

        Assert.ThrowsAny<ArgumentException>(() => contract.Fit(rows[..^1], labels, Features, 3, 1));
        Assert.ThrowsAny<ArgumentException>(() => contract.Fit([], [], Features, 3, 1));
        Assert.ThrowsAny<ArgumentException>(() => contract.Fit(rows, labels, 0, 3, 1));
        Assert.ThrowsAny<ArgumentException>(() => model.EvaluateInto(rows, new float[99]));
        Assert.ThrowsAny<ArgumentException>(() => model.EvaluateInto(rows.AsSpan(1), new float[100]));
    }

    [Theory, MemberData(nameof(Names))]
    public void NoRowsEvaluateToNothing(string name)
    {
        var (rows, labels) = TestRows.Blobs(60, Features, 5);

        Assert.Empty(EstimatorContracts.Named(name).Fit(rows, labels, Features, 3, 1).Evaluate([]));
    }

    [Theory, MemberData(nameof(Names))]
    public void ConstantColumnsAndDuplicatesGiveFiniteResults(string name)
    {
        var contract = EstimatorContracts.Named(name);
        var (rows, labels) = TestRows.Blobs(200, Features, 6);
        for (int row = 0; row < 200; row++)
        {
            rows[row * Features + 1] = 4;
            rows.AsSpan(row / 10 * 10 * Features, Features).CopyTo(rows.AsSpan(row * Features));
        }
        float[] identical = new float[50 * Features];
        Array.Fill(identical, 2.5f);

        Assert.All(contract.Fit(rows, labels, Features, 3, 1).Evaluate(rows), value => Assert.True(float.IsFinite(value)));
        Assert.All(contract.Fit(identical, labels[..50], Features, 3, 1).Evaluate(identical), value => Assert.True(float.IsFinite(value)));
    }

    [Theory, MemberData(nameof(NamesAcceptingMissing))]
    public void MissingAndInfiniteValuesGiveFiniteResults(string name)
    {
        var contract = EstimatorContracts.Named(name);
        var (rows, labels) = TestRows.Blobs(200, Features, 8);
        for (int i = 0; i < rows.Length; i += 7) rows[i] = i % 3 == 0 ? float.NaN : i % 3 == 1 ? float.PositiveInfinity : float.NegativeInfinity;
        for (int row = 0; row < 200; row++) rows[row * Features + 4] = float.NaN;

        Assert.All(contract.Fit(rows, labels, Features, 3, 1).Evaluate(rows), value => Assert.True(float.IsFinite(value)));
    }

    [Theory, MemberData(nameof(NamesAcceptingMissing))]
    public void OneRowCanBeFitted(string name)
    {
        float[] row = [1, 2, 3, 4, 5];

        Assert.True(float.IsFinite(EstimatorContracts.Named(name).Fit(row, [1], Features, 3, 1).Evaluate(row)[0]));
    }
}
