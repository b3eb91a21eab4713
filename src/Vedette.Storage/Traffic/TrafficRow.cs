using System.Data.Common;

namespace Vedette.Storage.Traffic;

/// <summary>Reads the counts of a roll-up row.</summary>
internal static class TrafficRow
{
    /// <summary>The columns that <see cref="TrafficSnapshot"/> and PostgreSQL's table ask for, from <c>first_minute</c> to <c>latency</c>.</summary>
    public static TrafficCell Read(DbDataReader reader, int first)
    {
        var cell = new TrafficCell
        {
            FirstMinute = reader.GetInt64(first),
            LastMinute = reader.GetInt64(first + 1),
            Requests = reader.GetInt64(first + 2),
            Redirects = reader.GetInt64(first + 3),
            ClientErrors = reader.GetInt64(first + 4),
            ServerErrors = reader.GetInt64(first + 5),
            Refused = reader.GetInt64(first + 6),
            Anomalies = reader.GetInt64(first + 7),
            Authenticated = reader.GetInt64(first + 8),
            RequestBytes = reader.GetInt64(first + 9),
            ResponseBytes = reader.GetInt64(first + 10),
            DurationSum = reader.GetInt64(first + 11),
            DurationMax = reader.GetInt64(first + 12),
            MaxScore = reader.GetDouble(first + 13),
        };
        cell.Latency.Add(reader.GetFieldValue<byte[]>(first + 14));
        return cell;
    }
}
