/** One argument of a POSIX shell: nothing within single quotes is obeyed, and control characters cannot end the line. */
export function shellQuote(text: string): string {
   
  const harmless = text.replaceAll(/[\u0000-\u001f\u007f]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`);
  return `'${harmless.replaceAll("'", "'\\''")}'`;
}

const requestLine = /"?\b([A-Z]{3,12}) (\S+)(?: HTTP\/[\d.]+)?"?/;
const jsonRequest = (text: string): { method: string; target: string } | null => {
  try {
    const row = JSON.parse(text) as Record<string, unknown>;
    const target = row["path"] ?? row["target"] ?? row["uri"] ?? row["request_uri"] ?? row["endpoint"];
    const query = typeof row["query"] === "string" && row["query"] && !String(target).includes("?") ? `?${row["query"]}` : "";
    return typeof target === "string" ? { method: String(row["method"] ?? "GET"), target: target + query } : null;
  } catch {
    return null;
  }
};

/** Method and target of a log line, or null if it has none. */
export function requestOf(line: string): { method: string; target: string } | null {
  if (line.startsWith("{")) return jsonRequest(line);
  const found = requestLine.exec(line);
  return found?.[1] && found[2]?.startsWith("/") ? { method: found[1], target: found[2] } : null;
}

/** A logged request as a curl command against $HOST, or null if the line shows none. The host is left to the person: it replays what was sent. */
export function replayCommand(line: string): string | null {
  const sent = requestOf(line);
  return sent && /^[A-Za-z]+$/.test(sent.method) ? `curl --globoff --path-as-is -i ${sent.method === "HEAD" ? "--head" : `-X ${sent.method}`} "$HOST"${shellQuote(sent.target)}` : null;
}

/** The command that fetches an incident from this server. */
export function incidentCommand(origin: string, id: string): string {
  return `curl -s -H "Authorization: Bearer $VEDETTE_KEY" ${shellQuote(`${origin}/api/incidents/${encodeURIComponent(id)}`)}`;
}
