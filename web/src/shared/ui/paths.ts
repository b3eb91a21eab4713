function withShared(path: string, own: Record<string, string | undefined>, search: URLSearchParams): string {
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries(own)) if (value !== undefined) next.set(name, value);
  for (const name of ["range", "from", "to"]) {
    const value = search.get(name);
    if (value) next.set(name, value);
  }
  const text = next.toString();
  return text ? `${path}?${text}` : path;
}

/** Address of an endpoint's page; the time range is kept. */
export function endpointPath(endpoint: string, method: string | undefined, search: URLSearchParams): string {
  return withShared("/endpoints/view", { endpoint, method }, search);
}

/** Address of a caller's page. */
export function callerPath(kind: string, value: string, search: URLSearchParams): string {
  return withShared("/callers/view", { kind, value }, search);
}

/** Address of an incident's page. */
export function incidentPath(id: string, search: URLSearchParams): string {
  const text = search.toString();
  return `/incidents/${encodeURIComponent(id)}${text ? `?${text}` : ""}`;
}

/** Address of a page with only the time range kept. */
export function pagePath(path: string, search: URLSearchParams, own: Record<string, string> = {}): string {
  return withShared(path, own, search);
}
