namespace Vedette.Engine.Learning;

/// <summary>One column of the rows that models learn from.</summary>
/// <param name="Name">Stable name, as in stored results and model files.</param>
/// <param name="Unit">Unit, or the range of what has none.</param>
/// <param name="Meaning">What it says.</param>
public sealed record Feature(string Name, string Unit, string Meaning);
