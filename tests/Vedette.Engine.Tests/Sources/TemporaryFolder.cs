using System.IO.Compression;
using System.Text;

namespace Vedette.Engine.Tests.Sources;

/// <summary>A folder that lives as long as one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vedette-test-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    /// <summary>A combined line at a second of one day.</summary>
    public static string Line(int second, string path) =>
        $"203.0.113.9 - - [10/Oct/2024:{second / 3600:00}:{second / 60 % 60:00}:{second % 60:00} +0000] \"GET {path} HTTP/1.1\" 200 5 \"-\" \"say \\\"hi\\\"\"\n";

    public void Dispose() => _folder.Delete(recursive: true);
}
