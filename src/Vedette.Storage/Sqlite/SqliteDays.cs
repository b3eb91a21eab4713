using System.Collections.Immutable;
using Vedette.Storage.Events;

namespace Vedette.Storage.Sqlite;

/// <summary>The days there are, and writers for those written last. The list may be read from any thread.</summary>
internal sealed class SqliteDays(string folder, EventFieldReader fields, TimeProvider time) : IDisposable
{
    private const int MaxWriters = 8;

    private readonly List<SqliteDayWriter> _writers = [];
    private ImmutableSortedDictionary<int, SqliteDayFile> _files = ImmutableSortedDictionary<int, SqliteDayFile>.Empty;

    /// <summary>By day, oldest first.</summary>
    public ImmutableSortedDictionary<int, SqliteDayFile> Files => _files;

    /// <summary>Finds the files, brings their schema up to date, and puts right what a crash left.</summary>
    public void Open(long completedCommit)
    {
        foreach (SqliteDayFile file in SqliteDayFile.In(folder))
        {
            using var writer = new SqliteDayWriter(file.Day, file.Path, file.Ledger, fields, time);
            writer.Recover(completedCommit);
            _files = _files.SetItem(file.Day, file);
        }
    }

    /// <summary>Finds the files, and counts what their roll-ups lack so far; changes nothing, for another process writes to them.</summary>
    public void OpenForReading(SqliteReaderPool readers)
    {
        foreach (SqliteDayFile file in SqliteDayFile.In(folder))
        {
            using SqliteReaderPool.Lease lease = readers.Rent(file.Path);
            file.Ledger.Restore(SqliteDayRecovery.CountOpenMinutes(lease.Database, file.Day));
            _files = _files.SetItem(file.Day, file);
        }
    }

    /// <summary>The writer of a day, which is created if need be.</summary>
    public SqliteDayWriter WriterOf(int day)
    {
        int at = _writers.FindIndex(writer => writer.Day == day);
        if (at < 0)
        {
            SqliteDayFile file = _files.TryGetValue(day, out SqliteDayFile? known) ? known : SqliteDayFile.Of(folder, day);
            _writers.Add(new SqliteDayWriter(day, file.Path, file.Ledger, fields, time));
            _files = _files.SetItem(day, file);
            return _writers[^1];
        }
        SqliteDayWriter found = _writers[at];
        _writers.RemoveAt(at);
        _writers.Add(found);
        return found;
    }

    /// <summary>Closes the writers used least recently. Not while a commit is under way: what they write then would pass for counted.</summary>
    public void Trim()
    {
        while (_writers.Count > MaxWriters) Close(_writers[0]);
    }

    /// <summary>Deletes a day with all that is in it.</summary>
    public void Delete(SqliteDayFile file, SqliteReaderPool readers)
    {
        _files = _files.Remove(file.Day);
        int at = _writers.FindIndex(writer => writer.Day == file.Day);
        if (at >= 0)
        {
            _writers[at].Dispose();
            _writers.RemoveAt(at);
        }
        readers.Forget(file.Path);
        file.Delete();
    }

    /// <summary>Writes what is in memory and closes the writers.</summary>
    public void Dispose()
    {
        foreach (SqliteDayWriter writer in _writers.ToArray()) Close(writer);
    }

    private void Close(SqliteDayWriter writer)
    {
        _writers.Remove(writer);
        try
        {
            writer.Flush();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
