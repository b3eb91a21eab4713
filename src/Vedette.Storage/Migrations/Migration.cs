using System.Globalization;
using System.Reflection;

namespace Vedette.Storage.Migrations;

/// <summary>One numbered step of a schema.</summary>
/// <param name="Version">1 for the first, without gaps.</param>
/// <param name="Name">What it is about.</param>
/// <param name="Sql">The script. Never edited once released.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>The embedded scripts of a folder below <c>Migrations</c>, in order: <c>0001_events.sql</c>.</summary>
    public static IReadOnlyList<Migration> Of(string folder)
    {
        string prefix = $"Migrations/{folder}/";
        Assembly assembly = typeof(Migration).Assembly;
        Migration[] found = [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => Read(assembly, name, name[prefix.Length..^".sql".Length]))
            .OrderBy(static migration => migration.Version)];
        for (int i = 0; i < found.Length; i++)
            if (found[i].Version != i + 1) throw new InvalidOperationException($"Migrations of {folder} are not numbered 1 to {found.Length}: {found[i].Version} is number {i + 1}.");
        return found;
    }

    private static Migration Read(Assembly assembly, string resource, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        int end = file.IndexOf('_', StringComparison.Ordinal);
        return new Migration(int.Parse(file.AsSpan(0, end), CultureInfo.InvariantCulture), file[(end + 1)..], reader.ReadToEnd());
    }
}
