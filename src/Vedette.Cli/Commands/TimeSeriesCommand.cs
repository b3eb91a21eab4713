using System.CommandLine;
using System.Globalization;
using System.Text;
using Vedette.Cli.Tables;
using Vedette.Engine.Sources;
using Vedette.ML.TimeSeries;

namespace Vedette.Cli.Commands;

/// <summary><c>vedette timeseries</c>: scores a series line by line as it arrives.</summary>
internal static class TimeSeriesCommand
{
    private static readonly string[] TimeNames = ["timestamp", "time", "@timestamp", "ts", "datetime", "date", "unix_timestamp"];
    private static readonly string[] ValueNames = ["value", "val", "y"];

    public static Command Create()
    {
        var data = new Argument<string>("DATA.csv")
        {
            Description = "timestamp,value, with or without a header, plain or gzip; '-' is standard input. Times are RFC 3339, 'YYYY-MM-DD HH:MM:SS' or Unix seconds or milliseconds.",
        };
        var command = new Command("timeseries",
            "Score a series online: each score uses only the past. CSV on stdout: timestamp,value,score,is_anomaly; the score is 0 to 1, is_anomaly 0 or 1. "
            + "A missing value (empty, NA, NaN, null) scores 0.") { data };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(data)!;
            using TextReader source = TextInput.Open(path);
            using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
            // Whoever pipes lines in waits for each answer; a file is written in large pieces.
            output.AutoFlush = path == LogStream.StandardInput;
            Run(source, output);
            return ExitCode.Done;
        });
        return command;
    }

    /// <exception cref="InvalidDataException">A line cannot be read; those before it have been answered.</exception>
    internal static void Run(TextReader source, TextWriter output)
    {
        var reader = new CsvReader(source);
        if (!reader.Read()) throw new InvalidDataException("The series is empty.");
        if (reader.FieldCount < 2) throw new InvalidDataException($"Line {reader.Line}: there is one cell; a time and a value are needed.");
        (int timeColumn, int valueColumn) = (0, 1);
        bool hasHeader = IsHeader(reader);
        if (hasHeader) (timeColumn, valueColumn) = FindColumns(reader);
        output.Write("timestamp,value,score,is_anomaly\n");
        var detector = new TimeSeriesDetector();
        bool more = !hasHeader || reader.Read();
        for (; more; more = reader.Read()) WriteLine(reader, timeColumn, valueColumn, detector, output);
        output.Flush();
    }

    private static void WriteLine(CsvReader reader, int timeColumn, int valueColumn, TimeSeriesDetector detector, TextWriter output)
    {
        if (reader.FieldCount <= Math.Max(timeColumn, valueColumn))
            throw new InvalidDataException($"Line {reader.Line}: {reader.FieldCount} cells are too few for a time and a value.");
        var time = reader.Field(timeColumn);
        var value = reader.Field(valueColumn);
        if (!SeriesTimestamp.TryParse(time, out long micros)) throw new InvalidDataException($"Line {reader.Line}, column {timeColumn + 1}: '{Cell.Show(time)}' is not a time.");
        double number = double.NaN;
        if (!Cell.IsMissing(value) && !Cell.TryNumber(value, reader.HasDecimalComma, out number))
            throw new InvalidDataException($"Line {reader.Line}, column {valueColumn + 1}: '{Cell.Show(value)}' is not a number.");
        var verdict = detector.Push(micros, number);
        WriteCell(output, time);
        output.Write(',');
        WriteCell(output, value);
        output.Write(string.Create(CultureInfo.InvariantCulture, $",{verdict.Score:G12},{(verdict.IsAnomaly ? 1 : 0)}\n"));
    }

    /// <summary>A first line without a number for a value, or without a time, names the columns.</summary>
    private static bool IsHeader(CsvReader reader) =>
        !SeriesTimestamp.TryParse(reader.Field(0), out _) && !Cell.TryNumber(reader.Field(1), reader.HasDecimalComma, out _);

    private static (int Time, int Value) FindColumns(CsvReader reader)
    {
        int time = Find(reader, TimeNames) is >= 0 and var named ? named : 0;
        int value = Find(reader, ValueNames);
        if (value < 0 || value == time) value = time == 0 ? 1 : 0;
        return (time, value);
    }

    private static int Find(CsvReader reader, string[] names)
    {
        foreach (string name in names)
            for (int i = 0; i < reader.FieldCount; i++)
                if (reader.Field(i).TrimStart('\uFEFF').Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }

    private static void WriteCell(TextWriter output, ReadOnlySpan<char> cell)
    {
        if (cell.IndexOfAny(",\"\r\n") < 0)
        {
            output.Write(cell);
            return;
        }
        output.Write('"');
        output.Write(cell.ToString().Replace("\"", "\"\"", StringComparison.Ordinal));
        output.Write('"');
    }
}
