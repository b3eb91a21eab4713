using System.Data.Common;

namespace Vedette.Storage.Traffic;

/// <summary>Reads the counts of a roll-up row.</summary>
internal static class TrafficRow
{
    /// <summary>The columns that <see cref="TrafficSnapshot"/> and PostgreSQL's table ask for, from <c>first_minute</c> to <c>latency</c>.</summary>
    public static TrafficCell Read(DbDataReader reader, int first)
    {
        var cell = new TrafficCell();
        AddTo(cell, reader, first);
        return cell;
    }

    /// <summary>Adds the row to counts, which spares a cell for each of the many rows of a long time.</summary>
    public static void AddTo(TrafficCell cell, DbDataReader reader, int first)
    {
        cell.FirstMinute = Math.Min(cell.FirstMinute, reader.GetInt64(first));
        cell.LastMinute = Math.Max(cell.LastMinute, reader.GetInt64(first + 1));
        cell.Requests += reader.GetInt64(first + 2);
        cell.Redirects += reader.GetInt64(first + 3);
        cell.ClientErrors += reader.GetInt64(first + 4);
        cell.ServerErrors += reader.GetInt64(first + 5);
        cell.Refused += reader.GetInt64(first + 6);
        cell.Anomalies += reader.GetInt64(first + 7);
        cell.Authenticated += reader.GetInt64(first + 8);
        cell.RequestBytes += reader.GetInt64(first + 9);
        cell.ResponseBytes += reader.GetInt64(first + 10);
        cell.DurationSum += reader.GetInt64(first + 11);
        cell.DurationMax = Math.Max(cell.DurationMax, reader.GetInt64(first + 12));
        cell.MaxScore = Math.Max(cell.MaxScore, reader.GetDouble(first + 13));
        cell.Latency.Add(reader.GetFieldValue<byte[]>(first + 14));
    }
}
