using Vedette.ML.Files;

namespace Vedette.Engine.Learning;

/// <summary>Model files within a model file.</summary>
internal static class NestedModels
{
    public static void WriteNested(this ModelWriter writer, Action<Stream> save)
    {
        using var file = new MemoryStream();
        save(file);
        writer.Write<byte>(file.GetBuffer().AsSpan(0, (int)file.Length));
    }

    public static T ReadNested<T>(this ModelReader reader, Func<Stream, T> load) => load(new MemoryStream(reader.ReadArray<byte>(), writable: false));
}
