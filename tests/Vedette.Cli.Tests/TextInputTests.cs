using System.IO.Compression;
using System.Text;

namespace Vedette.Cli.Tests;

public sealed class TextInputTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a,b\n1,2\n")]
    public void PlainAndCompressedTextIsRead(string text)
    {
        Assert.Equal(text, Read(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(text, Read(Compressed(text)));
    }

    /// <summary>Half a table is another table.</summary>
    [Fact]
    public void ACutOffTableIsRefused()
    {
        byte[] whole = Compressed(string.Join('\n', Enumerable.Range(0, 20_000)));

        Assert.Contains("cut off", Assert.Throws<InvalidDataException>(() => Read(whole[..(whole.Length / 2)])).Message, StringComparison.Ordinal);
    }

    private string Read(byte[] content)
    {
        File.WriteAllBytes(_path, content);
        using TextReader text = TextInput.Open(_path);
        return text.ReadToEnd();
    }

    private static byte[] Compressed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
