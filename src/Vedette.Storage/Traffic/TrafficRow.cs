using System.Data.Common;

namespace Vedette.Storage.Traffic;

/// <summary>Reads the counts of a roll-up row.</summary>
internal static class TrafficRow
{
    /// <summary>The columns from <c>first_minute</c> to <c>latency</c>, in the order of the table.</summary>
    public static TrafficCell Read(DbDataReader reader, int first)
    {
        var cell = new TrafficCell
        {
            FirstMinute = reader.GetInt64(first),
            LastMinute = reader.GetInt64(first + 1),
            Requests = reader.GetInt64(first + 2),
            ClientErrors = reader.GetInt64(first + 3),
            ServerErrors = reader.GetInt64(first + 4),
            Refused = reader.GetInt64(first + 5),
            Anomalies = reader.GetInt64(first + 6),
            Authenticated = reader.GetInt64(first + 7),
            RequestBytes = reader.GetInt64(first + 8),
            ResponseBytes = reader.GetInt64(first + 9),
            DurationSum = reader.GetInt64(first + 10),
            DurationMax = reader.GetInt64(first + 11),
            MaxScore = reader.GetDouble(first + 12),
        };
        cell.Latency.Add(reader.GetFieldValue<byte[]>(first + 13));
        return cell;
    }
}
