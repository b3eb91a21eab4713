namespace Vedette.Engine.Signatures;

/// <summary>Something an analyser can find in a leaf: one feature of the model.</summary>
/// <param name="Index">Position in <see cref="Rules.All"/>; may differ from version to version, so files name rules by <paramref name="Id"/>.</param>
/// <param name="Id">Stable id: <c>sql.tautology</c>.</param>
/// <param name="Class">The class it speaks for; <see cref="PayloadClass.None"/> for context, which may speak against any.</param>
/// <param name="Prior">Expected log-odds weight, from experience. Training starts here and departs only as far as data asks.</param>
internal sealed record Rule(int Index, string Id, PayloadClass Class, float Prior)
{
    /// <summary>Context describes ordinary text; it is no evidence by itself.</summary>
    public bool IsContext => Class == PayloadClass.None;
}
