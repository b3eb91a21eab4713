using System.CommandLine;
using Vedette.Engine.Learning;

namespace Vedette.Cli.Commands;

/// <summary>Where trained models are kept, and which of them to use.</summary>
internal static class ModelsOption
{
    private const string FolderName = "models";

    /// <summary>The folder of a server or a training, with its models in <c>models</c>.</summary>
    public static Option<string> CreateData() =>
        new("--data") { Description = "Folder that holds the models (in its folder 'models'), as 'vedette serve' uses it.", DefaultValueFactory = _ => "data", HelpName = "DIR" };

    /// <summary>Models to use in a run that needs none.</summary>
    public static Option<string?> Create() =>
        new("--models") { Description = "Let trained models vote: a folder of models, or one with models in it; the active version is used.", HelpName = "DIR" };

    public static ModelDirectory Directory(string data)
    {
        string? given = Environment.GetEnvironmentVariable("MODEL_DIR");
        return new ModelDirectory(string.IsNullOrEmpty(given) ? Path.Combine(data, FolderName) : given);
    }

    /// <summary>The active version in a folder or in its folder 'models'; null if no folder was given.</summary>
    public static ModelSet? Load(string? folder)
    {
        if (folder is null) return null;
        string inner = Path.Combine(folder, FolderName);
        var directory = new ModelDirectory(System.IO.Directory.Exists(inner) ? inner : folder);
        return directory.LoadActive() ?? throw new UsageException($"--models {folder}: there are no models; 'vedette train' makes them.");
    }
}
