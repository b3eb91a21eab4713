namespace Vedette.Cli.Tables;

/// <summary>A table of numbers read from separated values.</summary>
/// <param name="Features">Names of the columns, without the label.</param>
/// <param name="Rows">Row-major, shape (rows, features); NaN marks a missing value.</param>
/// <param name="Labels">0 or 1 per row, if a label column was asked for.</param>
/// <param name="Lines">Line of the file on which each row begins.</param>
/// <param name="MissingCount">Number of missing values.</param>
/// <param name="Notes">What a person should know about how the table was read.</param>
internal sealed record NumericTable(string[] Features, float[] Rows, float[]? Labels, long[] Lines, long MissingCount, string[] Notes)
{
    private const int MaxColumns = 10_000;

    public int RowCount => Lines.Length;

    /// <summary>
    /// Reads a whole table. The first line is a header if none of its cells is a number; else the columns are named column1, column2, ….
    /// </summary>
    /// <param name="source">The text.</param>
    /// <param name="label">Name of the label column, or null.</param>
    /// <exception cref="InvalidDataException">A cell or a line does not fit; the message names line and column.</exception>
    /// <exception cref="UsageException">There is no such label column.</exception>
    public static NumericTable Read(TextReader source, string? label)
    {
        var reader = new CsvReader(source);
        if (!reader.Read()) throw new InvalidDataException("The table is empty.");
        if (reader.FieldCount > MaxColumns) throw new InvalidDataException($"Line {reader.Line}: {reader.FieldCount} columns are more than {MaxColumns}.");
        bool hasHeader = IsHeader(reader);
        ColumnReader[] columns = [.. ColumnNames(reader, hasHeader).Select(name => new ColumnReader(name))];
        int labelColumn = label is null ? -1 : FindLabel(columns, label);
        var lines = new List<long>();
        var labels = new List<float>();
        bool more = !hasHeader || reader.Read();
        for (; more; more = reader.Read())
        {
            if (reader.FieldCount != columns.Length)
                throw new InvalidDataException($"Line {reader.Line}: {reader.FieldCount} cells where the table has {columns.Length} columns.");
            lines.Add(reader.Line);
            for (int i = 0; i < columns.Length; i++)
            {
                if (i == labelColumn) labels.Add(ReadLabel(reader, i, columns[i].Name));
                else columns[i].Add(reader.Field(i), reader.HasDecimalComma, reader.Line);
            }
        }
        if (lines.Count == 0) throw new InvalidDataException("The table has a header and no rows.");
        return Assemble(columns, labelColumn, [.. lines], labelColumn < 0 ? null : [.. labels]);
    }

    private static NumericTable Assemble(ColumnReader[] columns, int labelColumn, long[] lines, float[]? labels)
    {
        ColumnReader[] candidates = [.. columns.Where((_, i) => i != labelColumn)];
        ColumnReader[] used = [.. candidates.Where(column => column.Unusable is null)];
        string[] notes = [.. candidates.Where(column => column.Unusable is not null).Select(column => $"column '{column.Name}' is left out: {column.Unusable}")];
        if (used.Length == 0) throw new InvalidDataException("The table has no numeric column.");
        if ((long)used.Length * lines.Length > Array.MaxLength)
            throw new InvalidDataException($"A table of {lines.Length} rows and {used.Length} columns is larger than can be held.");
        float[] rows = new float[used.Length * lines.Length];
        for (int column = 0; column < used.Length; column++)
        {
            var values = used[column].Finish();
            for (int row = 0; row < values.Length; row++) rows[row * used.Length + column] = values[row];
        }
        return new NumericTable([.. used.Select(column => column.Name)], rows, labels, lines, used.Sum(column => column.MissingCount), notes);
    }

    private static bool IsHeader(CsvReader reader)
    {
        bool anyText = false;
        for (int i = 0; i < reader.FieldCount; i++)
        {
            var cell = reader.Field(i);
            if (Cell.TryNumber(cell, reader.HasDecimalComma, out _)) return false;
            anyText |= !Cell.IsMissing(cell);
        }
        return anyText;
    }

    private static string[] ColumnNames(CsvReader reader, bool hasHeader)
    {
        string[] names = new string[reader.FieldCount];
        for (int i = 0; i < names.Length; i++)
        {
            string name = hasHeader ? reader.Field(i).TrimStart('\uFEFF').ToString() : "";
            names[i] = name.Length == 0 ? $"column{i + 1}" : name;
        }
        return names;
    }

    private static int FindLabel(ColumnReader[] columns, string label)
    {
        int[] found = [.. Enumerable.Range(0, columns.Length).Where(i => columns[i].Name == label)];
        if (found.Length == 1) return found[0];
        string known = string.Join(", ", columns.Take(20).Select(column => Cell.Show(column.Name)));
        throw new UsageException(found.Length == 0
            ? $"There is no column '{label}'. The columns are: {known}{(columns.Length > 20 ? ", …" : "")}."
            : $"{found.Length} columns are named '{label}'.");
    }

    private static float ReadLabel(CsvReader reader, int column, string name)
    {
        if (Cell.TryNumber(reader.Field(column), reader.HasDecimalComma, out double label) && label is 0 or 1) return (float)label;
        throw new InvalidDataException($"Line {reader.Line}, column '{name}': the label is '{Cell.Show(reader.Field(column))}'; labels are 0 and 1.");
    }
}
