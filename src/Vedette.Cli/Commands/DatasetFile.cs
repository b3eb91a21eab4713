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
        using TextReader source = TextInput.Open(path);
        var reader = new CsvReader(source);
        while (reader.Read())
        {
            var record = new string[reader.FieldCount];
            for (int i = 0; i < record.Length; i++) record[i] = SpreadsheetText.Unguard(reader.Field(i).ToString());
            yield return record;
        }
    }

    /// <summary>Writes a training set to a file, or to standard output for <c>-</c>.</summary>
    public static DatasetTally Write(string path, Action<DatasetWriter> write)
    {
        using OutputFile file = OutputFile.Create(path);
        DatasetTally tally = Write(file.Stream, write);
        file.Complete();
        return tally;
    }

    private static DatasetTally Write(Stream stream, Action<DatasetWriter> write)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        var writer = new DatasetWriter(text);
        write(writer);
        return writer.Tally;
    }
}
