using System.Text;
using Vedette.Cli.Tables;
using Vedette.Lab.Datasets;

namespace Vedette.Cli.Commands;

/// <summary>Reads and writes the tables of <c>vedette dataset</c>.</summary>
internal static class DatasetFile
{
    /// <summary>Header and rows of a CSV file, plain or gzip, with the guards against formulas taken off.</summary>
    public static IEnumerable<string[]> Read(string path)
    {
        using TextReader source = TableInput.Open(path);
        var reader = new CsvReader(source);
        while (reader.Read())
        {
            var record = new string[reader.FieldCount];
            for (int i = 0; i < record.Length; i++) record[i] = SpreadsheetText.Unguard(reader.Field(i).ToString());
            yield return record;
        }
    }

    /// <summary>Writes a training set to a file, or to standard output for <c>-</c>. A file is there only when it is whole: what fails leaves the one before.</summary>
    public static DatasetTally Write(string path, Action<DatasetWriter> write)
    {
        if (path == TableInput.StandardInput) return Write(Console.OpenStandardOutput(), write);
        // A device, or what a link leads to, must not be replaced by a file.
        if (path.StartsWith("/dev/", StringComparison.Ordinal) || new FileInfo(path).LinkTarget is not null) return Write(File.Create(path), write);
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a directory, not a file.");
        string unfinished = path + ".new";
        try
        {
            DatasetTally tally = Write(File.Create(unfinished), write);
            File.Move(unfinished, path, overwrite: true);
            return tally;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static DatasetTally Write(Stream stream, Action<DatasetWriter> write)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        var writer = new DatasetWriter(text);
        write(writer);
        return writer.Tally;
    }
}
