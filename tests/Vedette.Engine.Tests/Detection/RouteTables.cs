using System.Text;
using Vedette.Engine.Events;
using Vedette.Engine.Normalization;

namespace Vedette.Engine.Tests.Detection;

internal static class RouteTables
{
    /// <summary>A table that has learnt one path, as route 1.</summary>
    public static RouteTable With(string path)
    {
        var table = new RouteTable(new RouteTableOptions());
        var batch = new EventBatch(1024, 4);
        ref HttpEvent request = ref batch.AddEvent();
        request.Method = RequestMethod.Get;
        request.Status = 200;
        request.Path = batch.Append(Encoding.UTF8.GetBytes(path));
        table.Resolve(batch, request, RequestPath.Read(request.Method, batch[request.Path]));
        return table;
    }
}
