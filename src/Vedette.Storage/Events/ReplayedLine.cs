using System.Globalization;
using System.Text;
using Vedette.Engine.Events;

namespace Vedette.Storage.Events;

/// <summary>What stands in place of a stored event's log line, which is not kept: evidence of a replay shows the request.</summary>
internal static class ReplayedLine
{
    public static Utf8Slice Append(EventBatch batch, in HttpEvent e)
    {
        string line = string.Create(CultureInfo.InvariantCulture,
            $"{DayNumber.FromMicros(e.TimeMicros):yyyy-MM-ddTHH:mm:ss.fffZ} {(e.ClientName.IsEmpty ? e.Client.ToString() : Text(batch, e.ClientName))} {Text(batch, e.MethodText)} {Text(batch, e.Path)}{(e.Query.IsEmpty ? "" : "?")}{Text(batch, e.Query)} {e.Status}");
        return batch.Append(Encoding.UTF8.GetBytes(line));
    }

    private static string Text(EventBatch batch, Utf8Slice slice) => Encoding.UTF8.GetString(batch[slice]);
}
