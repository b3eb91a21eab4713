using System.Globalization;
using System.Text.Json;

namespace Vedette.Engine.Learning;

/// <summary>A version of models on disk.</summary>
/// <param name="Lineage">Where it comes from and how good it is.</param>
/// <param name="IsActive">Whether it is the one to be used.</param>
/// <param name="Bytes">Size of its file.</param>
public sealed record ModelVersion(ModelLineage Lineage, bool IsActive, long Bytes)
{
    /// <summary>Name of the version: <c>v0001</c>.</summary>
    public string Version => Lineage.Version;
}

/// <summary>Keeps versions of models in a folder: <c>v0001.model</c> with its lineage beside it in <c>v0001.json</c>, and the name of the active one in <c>active</c>.</summary>
/// <remarks>
/// Every file is written under another name and renamed when it is whole, so a crash leaves the old one or the new one, never half of one. A version is read back and checked before it becomes active; one that
/// cannot be read leaves what is active as it is. One process writes at a time; reading is safe at any time.
/// </remarks>
public sealed class ModelDirectory
{
    private const string ModelSuffix = ".model";
    private const string LineageSuffix = ".json";
    private const string ActiveName = "active";

    /// <param name="path">The folder; it is made when the first version is saved.</param>
    /// <param name="keep">Versions kept; older ones go when a new one comes, except the active one and its parent. At least 2. Default 10.</param>
    public ModelDirectory(string path, int keep = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 2);
        (Path, Keep) = (path, keep);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Versions kept.</summary>
    public int Keep { get; }

    /// <summary>Name of the active version; null if there is none.</summary>
    public string? Active
    {
        get
        {
            string file = FileOf(ActiveName, "");
            if (!File.Exists(file)) return null;
            string name = File.ReadAllText(file).Trim();
            return IsName(name) && File.Exists(FileOf(name, ModelSuffix)) ? name : null;
        }
    }

    /// <summary>All versions, the newest first. One whose lineage cannot be read is left out.</summary>
    public IReadOnlyList<ModelVersion> List()
    {
        string? active = Active;
        var versions = new List<ModelVersion>();
        foreach (string name in Names())
        {
            if (ReadLineage(name) is { } lineage)
                versions.Add(new ModelVersion(lineage with { Version = name }, name == active, new FileInfo(FileOf(name, ModelSuffix)).Length));
        }
        versions.Reverse();
        return versions;
    }

    /// <summary>Finds out whether a version could be kept here, and leaves nothing behind.</summary>
    /// <exception cref="IOException">It could not; the message names the folder.</exception>
    public void CheckWritable()
    {
        string folder = System.IO.Path.GetFullPath(Path);
        while (!Directory.Exists(folder))
        {
            if (File.Exists(folder)) throw new IOException($"Models cannot be kept in {Path}: {folder} is a file.");
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new IOException($"Models cannot be kept in {Path}: there is no such place.");
        }
        try
        {
            File.Create(System.IO.Path.Combine(folder, "probe.new"), bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
        {
            throw new IOException($"Models cannot be kept in {Path}: {problem.Message}", problem);
        }
    }

    /// <summary>Saves models as the next version, makes it the active one, and removes versions beyond <see cref="Keep"/>.</summary>
    /// <param name="models">What was trained.</param>
    /// <param name="createdAt">The time now; the engine has no clock.</param>
    /// <returns>The same models under their version's name.</returns>
    /// <exception cref="IOException">The folder cannot be written; what was active still is.</exception>
    public ModelSet Add(ModelSet models, DateTimeOffset createdAt)
    {
        Directory.CreateDirectory(Path);
        string? parent = Active;
        string name = NextName();
        ModelSet named = models.With(models.Lineage with { Version = name, Parent = parent, CreatedAt = createdAt });
        Write(FileOf(name, LineageSuffix), stream => JsonSerializer.Serialize(stream, named.Lineage, LineageJson.Default.ModelLineage));
        Write(FileOf(name, ModelSuffix), named.Save);
        SetActive(name);
        Prune(name, parent);
        return named;
    }

    /// <summary>Reads a version.</summary>
    /// <exception cref="InvalidDataException">There is no such version, or it is damaged or of another program; the message names the file and what to do.</exception>
    public ModelSet Load(string version)
    {
        string file = FileOf(version, ModelSuffix);
        if (!IsName(version) || !File.Exists(file)) throw new InvalidDataException($"There is no version '{version}' in {Path}; 'vedette models list' shows those that are.");
        try
        {
            using FileStream stream = File.OpenRead(file);
            ModelSet models = ModelSet.Load(stream);
            return models.Version == version ? models : models.With(models.Lineage with { Version = version });
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{file}: {problem.Message} Activate another version or train again.", problem);
        }
    }

    /// <summary>Reads the active version; null if there is none.</summary>
    /// <exception cref="InvalidDataException">It is gone, damaged or of another program; the message names the file and what to do.</exception>
    public ModelSet? LoadActive()
    {
        if (Active is { } name) return Load(name);
        string pointer = FileOf(ActiveName, "");
        return File.Exists(pointer) ? throw new InvalidDataException($"{pointer} names no version that is there. Activate another version or train again.") : null;
    }

    /// <summary>Makes a version the active one, after reading it whole.</summary>
    /// <exception cref="InvalidDataException">It cannot be used; what was active still is.</exception>
    public ModelSet Activate(string version)
    {
        ModelSet models = Load(version);
        SetActive(version);
        return models;
    }

    /// <summary>Goes back to the version that was active when the active one was trained; to the next older one if that is gone.</summary>
    /// <exception cref="InvalidDataException">There is none to go back to, or it cannot be used; what was active still is.</exception>
    public ModelSet RollBack()
    {
        string active = Active ?? throw new InvalidDataException($"No version in {Path} is active, so there is none to go back from.");
        string? parent = ReadLineage(active)?.Parent;
        string? target = parent is not null && File.Exists(FileOf(parent, ModelSuffix)) ? parent : Names().LastOrDefault(name => string.CompareOrdinal(name, active) < 0);
        return Activate(target ?? throw new InvalidDataException($"{active} is the oldest version in {Path}; there is none to go back to."));
    }

    private static bool IsName(string name) => name.Length is >= 5 and <= 10 && name[0] == 'v' && !name.AsSpan(1).ContainsAnyExceptInRange('0', '9');

    private static void Write(string file, Action<Stream> write)
    {
        string temporary = file + ".new";
        using (FileStream stream = File.Create(temporary))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, file, overwrite: true);
    }

    private ModelLineage? ReadLineage(string name)
    {
        try
        {
            using FileStream stream = File.OpenRead(FileOf(name, LineageSuffix));
            return JsonSerializer.Deserialize(stream, LineageJson.Default.ModelLineage);
        }
        catch (Exception problem) when (problem is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>Names of all versions, the oldest first.</summary>
    private List<string> Names() => !Directory.Exists(Path) ? [] :
    [
        .. Directory.EnumerateFiles(Path, "v*" + ModelSuffix).Select(static file => System.IO.Path.GetFileNameWithoutExtension(file)!).Where(IsName).OrderBy(static name => name.Length).ThenBy(static name => name, StringComparer.Ordinal),
    ];

    private string NextName()
    {
        int last = Names() is [.., var name] ? int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture) : 0;
        return string.Create(CultureInfo.InvariantCulture, $"v{last + 1:0000}");
    }

    private void SetActive(string name) => Write(FileOf(ActiveName, ""), stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(name + "\n")));

    private void Prune(string active, string? parent)
    {
        List<string> names = Names();
        foreach (string name in names.Take(Math.Max(0, names.Count - Keep)))
        {
            if (name == active || name == parent) continue;
            File.Delete(FileOf(name, ModelSuffix));
            File.Delete(FileOf(name, LineageSuffix));
        }
    }

    private string FileOf(string name, string suffix) => System.IO.Path.Combine(Path, name + suffix);
}
