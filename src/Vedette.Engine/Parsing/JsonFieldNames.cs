namespace Vedette.Engine.Parsing;

/// <summary>What the keys of JSON logs mean.</summary>
/// <remarks>
/// Names are compared in small letters, without <c>_</c>, <c>-</c> and <c>@</c>, levels joined by dots: <c>statusCode</c>, <c>status_code</c> and
/// <c>Status-Code</c> are one, and so are <c>{"url":{"path":…}}</c> and <c>{"url.path":…}</c>. Where a line gives a field twice under different
/// names, the higher rank wins, and the first of equals.
/// </remarks>
internal static class JsonFieldNames
{
    /// <summary>A field and how much its name is to be trusted against others for the same field.</summary>
    public readonly record struct Meaning(LogField Field, byte Rank);

    public static readonly Utf8NameTable<Meaning> Table = new(Build());

    /// <summary>Outer objects that only wrap: their members are read as if they stood outside.</summary>
    public static readonly Utf8NameTable<Wrapper> Wrappers = new(
        [
            .. Named(Wrapper.Plain, "log", "data", "attributes", "fields", "record", "payload", "entry", "access", "accesslog", "http", "httprequest", "event",
                "jsonpayload", "nginx", "nginx.access", "apache", "apache.access", "context", "extra", "properties", "msg", "message"),
            .. Named(Wrapper.Request, "request", "req", "http.request"),
            .. Named(Wrapper.Response, "response", "res", "resp", "http.response", "httpresponse"),
        ]);

    /// <summary>What an outer object says about the sizes inside it.</summary>
    public enum Wrapper : byte
    {
        Plain,
        Request,
        Response,
    }

    /// <summary>What a member means inside <paramref name="wrapper"/>; the body and time of a response are not those of the request.</summary>
    public static LogField Inside(Wrapper wrapper, LogField field) => (wrapper, field) switch
    {
        (Wrapper.Request, LogField.ResponseBytes) => LogField.RequestBytes,
        (Wrapper.Response, LogField.Status or LogField.ResponseBytes or (>= LogField.DurationSeconds and <= LogField.DurationText)) => field,
        (Wrapper.Response, _) => LogField.Skip,
        _ => field,
    };

    private static IEnumerable<KeyValuePair<string, Wrapper>> Named(Wrapper wrapper, params string[] names) =>
        names.Select(name => KeyValuePair.Create(name, wrapper));

    private static List<KeyValuePair<string, Meaning>> Build()
    {
        var table = new List<KeyValuePair<string, Meaning>>();
        void Add(LogField field, byte rank, params string[] names)
        {
            foreach (string name in names) table.Add(new(name, new Meaning(field, rank)));
        }

        Add(LogField.Client, 4, "clientip", "ipaddress", "client.ip", "client.address", "http.clientip");
        Add(LogField.Client, 3, "remoteaddr", "remoteaddress", "ip", "source.ip", "source.address", "remoteip", "clienthost", "clientaddress", "sourceip", "realip", "peer", "remotehost",
            "network.client.ip", "http.remoteaddr");
        Add(LogField.Client, 2, "clientaddr", "downstreamremoteaddress", "network.peer.address", "net.peer.ip", "net.sock.peer.addr", "remote", "client",
            "downstreamdirectremoteaddress", "cip");
        Add(LogField.User, 3, "user", "userid", "username", "user.name", "user.id", "enduser.id", "remoteuser", "authuser", "user.email");
        Add(LogField.User, 2, "clientusername", "csusername", "usr.id", "principal", "subject");
        Add(LogField.Session, 3, "session", "sessionid", "session.id");
        Add(LogField.ApiKey, 3, "apikey", "xapikey");
        Add(LogField.Time, 4, "timestamp", "time", "ts", "starttime", "startutc");
        Add(LogField.Time, 3, "timeiso8601", "timelocal", "datetime", "date", "startlocal", "requesttimestamp", "timestampms", "timems", "timeunixnano", "starttimeunixnano",
            "created", "createdat", "eventtime", "t");
        Add(LogField.Time, 2, "msec", "epoch", "unixtime", "observedtimeunixnano");
        Add(LogField.Request, 2, "request", "requestline", "httprequest");
        Add(LogField.Method, 3, "method", "requestmethod", "httpmethod", "verb", "http.request.method", "http.method", "csmethod");
        Add(LogField.Path, 5, "path", "url.path", "requestpath", "uripath", "http.path", "csuristem");
        Add(LogField.Target, 4, "endpoint", "uri", "requesturi", "http.target", "originalurl", "target", "rawpath", "xenvoyoriginalpath");
        Add(LogField.Url, 3, "url", "url.original", "requesturl", "http.url", "url.full");
        Add(LogField.Query, 3, "query", "querystring", "url.query", "args", "http.query", "csuriquery");
        Add(LogField.Protocol, 3, "protocol", "proto", "requestprotocol", "serverprotocol", "httpprotocol", "network.protocol.version", "httpversion", "http.version", "http.flavor");
        Add(LogField.Host, 3, "host", "httphost", "requesthost", "vhost", "virtualhost", "server.address", "url.domain", "authority", "http.host", "hostheader");
        Add(LogField.Host, 2, "servername", "requestaddr", "net.host.name", "domain", "http.servername");
        Add(LogField.Status, 4, "status", "statuscode", "http.response.statuscode", "http.statuscode", "downstreamstatus", "responsecode", "httpstatus", "scstatus", "responsestatus",
            "httpstatuscode");
        Add(LogField.Status, 2, "code", "originstatus", "upstreamstatus");
        Add(LogField.ResponseBytes, 4, "responsebytes", "responsesize", "bodybytessent", "bytessent", "http.response.body.size", "http.response.bytes", "http.response.body.bytes",
            "downstreamcontentsize", "scbytes", "byteswritten", "responselength", "http.responsecontentlength");
        Add(LogField.ResponseBytes, 3, "size", "length", "bytes", "contentlength");
        Add(LogField.RequestBytes, 4, "requestbytes", "requestsize", "payloadsize", "requestlength", "http.request.body.size", "http.request.bytes", "http.request.body.bytes",
            "requestcontentsize", "bytesread", "bytesreceived", "csbytes", "http.requestcontentlength", "bytesin");
        Add(LogField.DurationMillis, 5, "durationms", "responsetimems", "latencyms", "requesttimems", "elapsedms", "tookms", "processingtimems", "generationtimemilli", "totaltimems",
            "durationmilliseconds", "responsetimemillis");
        Add(LogField.DurationSeconds, 4, "responsetime", "latency", "requesttime", "durations", "durationseconds", "durationsec", "latencyseconds", "responsetimes", "elapsedseconds");
        Add(LogField.DurationMicros, 4, "durationus", "durationmicros", "latencyus", "responsetimeus", "durationmicroseconds");
        Add(LogField.DurationNanos, 4, "event.duration", "durationns", "latencyns", "durationnanos");
        Add(LogField.DurationText, 3, "duration", "elapsed", "timetaken", "took");
        Add(LogField.DurationSeconds, 2, "upstreamresponsetime");
        Add(LogField.Referer, 3, "referer", "referrer", "httpreferer", "httpreferrer", "http.request.referrer", "requestreferer", "http.referer", "csreferer", "httprefer");
        Add(LogField.UserAgent, 3, "useragent", "useragent.original", "httpuseragent", "requestuseragent", "http.useragent", "agent", "ua", "csuseragent");
        Add(LogField.ForwardedFor, 3, "xforwardedfor", "httpxforwardedfor", "requestxforwardedfor", "forwardedfor", "xff");
        Add(LogField.Cookies, 3, "cookie", "cookies", "httpcookie", "requestcookie");
        Add(LogField.Route, 3, "route", "http.route", "endpointtemplate", "routetemplate");
        Add(LogField.Body, 3, "body", "requestbody", "http.request.body.content", "postdata");
        Add(LogField.Message, 1, "log", "message", "msg", "textpayload", "event.original");
        return table;
    }
}
