/** What the list shows, kept in the address bar. */
export interface IncidentFilters {
  level: string;
  type: string;
  verdict: string;
  actor: string;
  endpoint: string;
  min_risk: string;
  q: string;
}

const names = ["level", "type", "verdict", "actor", "endpoint", "min_risk", "q"] as const;

export function readFilters(search: URLSearchParams): IncidentFilters {
  const filters = {} as IncidentFilters;
  for (const name of names) filters[name] = search.get(name) ?? "";
  return filters;
}

/** The address with some filters changed; empty ones are left out. */
export function writeFilters(search: URLSearchParams, change: Partial<IncidentFilters>): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

export function isFiltered(filters: IncidentFilters): boolean {
  return names.some((name) => filters[name] !== "");
}
