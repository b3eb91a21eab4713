using Vedette.ML.Boosting;

namespace Vedette.ML.Importing;

/// <summary>A tree ensemble that another program has trained, read by <see cref="XgboostJsonReader"/> or <see cref="LightGbmTextReader"/>.</summary>
/// <remarks>Predictions agree with the original's to about 1e-6.</remarks>
public sealed class ImportedTrees : BoostedModel
{
    internal const string Kind = "imported_trees/1";

    internal ImportedTrees(BoostedTrees model)
        : base(Kind, model)
    {
    }

    /// <summary>Reads what <see cref="BoostedModel.Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another kind of model, or a damaged one.</exception>
    public static ImportedTrees Load(Stream stream) => new(Read(stream, Kind));
}
