namespace Vedette.Engine.Redaction;

/// <summary>What is masked before anything is kept.</summary>
public sealed record RedactionOptions
{
    /// <summary>Further names of parameters, fields and headers whose values are masked; case, <c>_</c> and <c>-</c> do not matter. Default none.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Names whose values stay although they look like secrets. Default none.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    internal IEnumerable<string> Problems()
    {
        foreach (string name in Names.Concat(Keep))
            if (name.Length is 0 or > Redactor.MaxName || !name.All(char.IsAscii)) yield return $"Redaction:Names and Redaction:Keep hold '{name}'; a name has 1 to {Redactor.MaxName} ASCII characters.";
    }
}
