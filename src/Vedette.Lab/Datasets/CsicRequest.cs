namespace Vedette.Lab.Datasets;

/// <summary>One request of the CSIC 2010 data set; absent parts are empty.</summary>
/// <param name="Method">Method.</param>
/// <param name="Path">Path of the target, as sent.</param>
/// <param name="Query">Query without <c>?</c>.</param>
/// <param name="Protocol">Protocol and version.</param>
/// <param name="Host">Host header, or the host of the target.</param>
/// <param name="UserAgent">User-Agent header.</param>
/// <param name="Referer">Referer header.</param>
/// <param name="Session">Value of the session cookie.</param>
/// <param name="Headers">The other headers, one a line.</param>
/// <param name="Body">Body.</param>
/// <param name="Bytes">Size of the request in bytes, line ends not counted.</param>
public sealed record CsicRequest(
    string Method, string Path, string Query, string Protocol, string Host, string UserAgent, string Referer, string Session, string Headers, string Body, int Bytes);
