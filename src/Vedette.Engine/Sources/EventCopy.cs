using Vedette.Engine.Events;

namespace Vedette.Engine.Sources;

/// <summary>Copies an event with its line and texts from one batch to another.</summary>
internal static class EventCopy
{
    public static void Add(EventBatch target, EventBatch source, in HttpEvent original)
    {
        Utf8Slice raw = target.Append(source[original.Raw]);
        target.AddLine(raw, original.Line, original.Source);
        ref HttpEvent copy = ref target.AddEvent();
        copy = original;
        copy.Raw = raw;
        var move = new Mover(target, source, original.Raw, raw);
        move.Slice(ref copy.ClientName);
        move.Slice(ref copy.MethodText);
        move.Slice(ref copy.Path);
        move.Slice(ref copy.Query);
        move.Slice(ref copy.Route);
        move.Slice(ref copy.Protocol);
        move.Slice(ref copy.Host);
        move.Slice(ref copy.User);
        move.Slice(ref copy.Session);
        move.Slice(ref copy.ApiKey);
        move.Slice(ref copy.UserAgent);
        move.Slice(ref copy.Referer);
        move.Slice(ref copy.ForwardedFor);
        move.Slice(ref copy.Cookies);
        move.Slice(ref copy.Headers);
        move.Slice(ref copy.Body);
    }

    /// <summary>Moves a slice along with the line if it lies in it; text decoded elsewhere is copied.</summary>
    private readonly struct Mover(EventBatch target, EventBatch source, Utf8Slice from, Utf8Slice to)
    {
        public void Slice(ref Utf8Slice slice)
        {
            if (slice.Length == 0) slice = default;
            else if (slice.Offset >= from.Offset && slice.End <= from.End) slice = new Utf8Slice(slice.Offset - from.Offset + to.Offset, slice.Length);
            else slice = target.Append(source[slice]);
        }
    }
}
