namespace Vedette.ML.Selection;

/// <summary>The settings a search may try, each with its range.</summary>
public sealed class SearchSpace
{
    private readonly List<(string Name, Func<double, double> FromUnit)> _settings = [];

    /// <summary>A number of which the size matters, such as a learning rate: even in the logarithm over [least, most].</summary>
    public SearchSpace LogUniform(string name, double least, double most)
    {
        Check(name, least > 0 && least <= most && double.IsFinite(most), least, most);
        return Add(name, unit => Math.Clamp(least * Math.Pow(most / least, unit), least, most));
    }

    /// <summary>A number, even over [least, most].</summary>
    public SearchSpace Uniform(string name, double least, double most)
    {
        Check(name, least <= most && double.IsFinite(most - least), least, most);
        return Add(name, unit => least + unit * (most - least));
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, each as likely.</summary>
    public SearchSpace Integer(string name, int least, int most)
    {
        Check(name, least <= most, least, most);
        return Add(name, unit => least + Math.Floor(unit * ((double)most - least + 1)));
    }

    /// <summary>One of some values, each as likely.</summary>
    public SearchSpace Choice(string name, params double[] values)
    {
        Check(name, values.Length > 0, values.Length, values.Length);
        double[] copy = [.. values];
        return Add(name, unit => copy[(int)(unit * copy.Length)]);
    }

    /// <summary>Draws one value for each setting.</summary>
    public SearchPoint Draw(ref SeededRandom random)
    {
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach ((string name, Func<double, double> fromUnit) in _settings) values.Add(name, fromUnit(random.NextDouble()));
        return new SearchPoint(values);
    }

    private SearchSpace Add(string name, Func<double, double> fromUnit)
    {
        _settings.Add((name, fromUnit));
        return this;
    }

    private void Check(string name, bool possible, double least, double most)
    {
        if (!possible) throw new ArgumentException($"The setting '{name}' cannot range from {least} to {most}.", nameof(least));
        if (_settings.Any(setting => setting.Name == name)) throw new ArgumentException($"The setting '{name}' is declared twice.", nameof(name));
    }
}

/// <summary>One value for each setting of a <see cref="SearchSpace"/>.</summary>
public sealed class SearchPoint
{
    internal SearchPoint(IReadOnlyDictionary<string, double> values) => Values = values;

    /// <summary>Values by name, in the order of the names.</summary>
    public IReadOnlyDictionary<string, double> Values { get; }

    /// <summary>The value of a setting.</summary>
    /// <exception cref="KeyNotFoundException">No such setting was declared.</exception>
    public double this[string name] => Values[name];

    /// <summary>The value of an <see cref="SearchSpace.Integer"/> setting.</summary>
    /// <exception cref="KeyNotFoundException">No such setting was declared.</exception>
    public int Integer(string name) => (int)Values[name];
}
