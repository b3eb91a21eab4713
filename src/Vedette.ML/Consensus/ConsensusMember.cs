using Vedette.ML.Files;
using Vedette.ML.Isolation;
using Vedette.ML.Neighbors;
using Vedette.ML.Subspace;

namespace Vedette.ML.Consensus;

/// <summary>Which form of the columns a member sees.</summary>
internal enum ColumnForm
{
    /// <summary>Scaled by <see cref="RobustColumns"/>.</summary>
    Scaled,

    /// <summary>Scaled, then with tails pulled in by the logarithm.</summary>
    Compressed,
}

/// <summary>One detector of the consensus: what it sees, how it scores, how it is stored.</summary>
/// <param name="Form">The form of the columns it is fitted on and given.</param>
/// <param name="Model">The fitted detector.</param>
internal sealed record ConsensusMember(ColumnForm Form, IOutlierModel Model)
{
    private const int NeighborCount = 50;
    private const int DensityNeighborCount = 100;
    private const int MaxEllipsoidFeatures = 200;

    /// <summary>
    /// Distances for clusters of any shape, in two forms because squeezing tails helps some tables and hurts others; density relative to the neighbourhood;
    /// isolation and histograms for values that are rare in single columns; a robust ellipsoid for broken correlations.
    /// </summary>
    public static List<ConsensusMember> FitAll(float[] scaled, float[] compressed, int features, OutlierConsensusOptions options)
    {
        var neighbors = new KNearestNeighborsOptions { Neighbors = NeighborCount, Distance = NeighborDistance.Mean, MaxThreads = options.MaxThreads };
        var density = new LocalOutlierFactorOptions { Neighbors = DensityNeighborCount, MaxThreads = options.MaxThreads };
        var forest = new IsolationForestOptions { Trees = 200, Seed = options.Seed, MaxThreads = options.MaxThreads };
        List<ConsensusMember> members =
        [
            new(ColumnForm.Scaled, KNearestNeighbors.Fit(scaled, features, neighbors)),
            new(ColumnForm.Compressed, KNearestNeighbors.Fit(compressed, features, neighbors)),
            new(ColumnForm.Compressed, LocalOutlierFactor.Fit(compressed, features, density)),
            new(ColumnForm.Scaled, IsolationForest.Fit(scaled, features, forest)),
            new(ColumnForm.Compressed, ColumnHistograms.Fit(compressed, features)),
        ];
        // Its cost grows with the cube of the features, and beyond some hundreds there are rarely rows enough for a covariance.
        if (features <= MaxEllipsoidFeatures)
            members.Add(new(ColumnForm.Scaled, PrincipalComponents.Fit(scaled, features, new PrincipalComponentsOptions { CentralShare = 0.75, Shrinkage = 1e-3 })));
        return members;
    }

    /// <summary>Scores the fitted rows, none of which is its own neighbour.</summary>
    public void ScoreFitted(ReadOnlySpan<float> rows, Span<float> scores)
    {
        switch (Model)
        {
            case KNearestNeighbors neighbors: neighbors.ScoreFitted(scores); break;
            case LocalOutlierFactor factor: factor.FittedScores.CopyTo(scores); break;
            default: Model.Score(rows, scores); break;
        }
    }

    public void Write(ModelWriter writer)
    {
        using var file = new MemoryStream();
        Model.Save(file);
        writer.Write((int)Form);
        writer.Write<byte>(file.ToArray());
    }

    public static ConsensusMember Read(ModelReader reader)
    {
        var form = (ColumnForm)reader.ReadInt32(0, 1);
        using var file = new MemoryStream(reader.ReadArray<byte>());
        string kind = ModelFile.ReadKind(file);
        file.Position = 0;
        return new(form, kind switch
        {
            KNearestNeighbors.Kind => KNearestNeighbors.Load(file),
            LocalOutlierFactor.Kind => LocalOutlierFactor.Load(file),
            IsolationForest.Kind => IsolationForest.Load(file),
            ColumnHistograms.Kind => ColumnHistograms.Load(file),
            PrincipalComponents.Kind => PrincipalComponents.Load(file),
            _ => throw new InvalidDataException($"A consensus cannot hold a model of kind '{kind}'."),
        });
    }
}
