using System.Globalization;
using Vedette.Storage;
using Vedette.Storage.Bench;

if (args is ["fill", var filled])
{
    await QueryBench.FillAsync(new StorageOptions { Url = filled });
    return 0;
}
if (args is not [("append" or "query") and var bench, var name, var url, .. var rest])
{
    Console.Error.WriteLine("""
        usage: append NAME URL EVENTS PER_GROUP   rows of a Markdown table: events/s, CPU s per million, milliseconds per commit, bytes per event
               query  NAME URL                    fills a day's roll-ups at 1,000 requests a second and measures queries on them
               fill   URL                         fills them and ends
        The URL is that of an empty store, as in Storage:Url.
        """);
    return 2;
}
var options = new StorageOptions { Url = url };
if (bench == "append") await AppendBench.RunAsync(name, options, int.Parse(rest[0], CultureInfo.InvariantCulture), int.Parse(rest[1], CultureInfo.InvariantCulture));
else await QueryBench.RunAsync(name, options);
return 0;
