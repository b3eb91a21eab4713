using Vedette.Storage.Events;

namespace Vedette.Storage.Sqlite;

/// <content>Writing.</content>
internal sealed partial class SqliteEventStore
{
    public ValueTask AppendAsync(IReadOnlyList<EventAppend> appends, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Run(() =>
        {
            SqliteReceipts receipts = Writable();
            TakeBackUnfinished();
            IReadOnlyList<DayShare> shares = DayShare.Of(appends, DayNumber.ToMicros(_time.GetUtcNow()));
            bool hasReceipts = appends.Any(static append => append.Receipts.Count > 0);
            if (shares.Count == 1 && !hasReceipts) WriteShare(shares[0]);
            else if (shares.Count > 0 || hasReceipts) WriteNumbered(receipts, shares, appends);
            TrimWriters();
            return 0;
        });
        return ValueTask.CompletedTask;
    }

    private void WriteShare(DayShare share)
    {
        SqliteDayWriter writer = _days.WriterOf(share.Day);
        writer.Write(share, commitNumber: 0);
        writer.Count(share);
    }

    private void WriteNumbered(SqliteReceipts receipts, IReadOnlyList<DayShare> shares, IReadOnlyList<EventAppend> appends)
    {
        long number = receipts.CompletedCommit + 1;
        var written = new List<int>();
        try
        {
            foreach (DayShare share in shares)
            {
                written.Add(share.Day);
                _days.WriterOf(share.Day).Write(share, number);
            }
            receipts.Complete(number, appends.SelectMany(static append => append.Receipts));
        }
        catch
        {
            _unfinished = (number, written);
            TryTakeBack();
            throw;
        }
        foreach (DayShare share in shares) _days.WriterOf(share.Day).Count(share);
    }

    /// <summary>The commit is done: closing a file that cannot be written just now must not make it fail.</summary>
    private void TrimWriters()
    {
        try
        {
            _days.Trim();
        }
        catch (StoreUnavailableException)
        {
            // What is in memory stays there, and is counted from the rows should the program end first.
        }
    }

    /// <summary>A commit is never begun while an earlier one is half there.</summary>
    private void TakeBackUnfinished()
    {
        if (_unfinished is not { } unfinished) return;
        foreach (int day in unfinished.Days) _days.WriterOf(day).Undo(unfinished.Number);
        _unfinished = null;
    }

    private void TryTakeBack()
    {
        try
        {
            TakeBackUnfinished();
        }
        catch (Exception e) when (e is StoreUnavailableException or Microsoft.Data.Sqlite.SqliteException or IOException)
        {
            // The disk is as full as before; the next append tries again, and the failure that led here is the one to report.
        }
    }
}
