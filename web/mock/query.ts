import type { MockState } from "./state";

/** What a small stand-in for the understanding of questions makes of one: level, endpoint and time. */
function understand(query: string): URLSearchParams {
  const filter = new URLSearchParams();
  const time = /last (\d+) (minute|hour)/.exec(query);
  const endpoint = /\/[\w/{}-]+/.exec(query)?.[0];
  if (/incident|anomal|bot|risk|API/.test(query)) filter.set("subject", "incidents");
  if (/high/.test(query)) filter.set("min_risk", "60");
  if (endpoint) filter.set("endpoint", endpoint);
  if (time) filter.set("last", `${time[1]}${time[2]?.charAt(0)}`);
  return filter;
}

const labels: Record<string, (value: string) => string> = { subject: (value) => value, min_risk: (value) => `risk at least ${value}`, endpoint: (value) => `endpoint: ${value}`, last: (value) => `last ${value}` };

/** Answers a question, or the filter given in its place. */
export function answerQuery(query: string, given: string, state: MockState, now: number) {
  const filter = given ? new URLSearchParams(given) : understand(query);
  const isUnderstood = filter.size > 0;
  const last = /^(\d+)([mh])$/.exec(filter.get("last") ?? "");
  const since = last ? now - Number(last[1]) * (last[2] === "h" ? 3_600_000 : 60_000) : 0;
  const rows = state.incidents.filter((one) => one.risk >= Number(filter.get("min_risk") ?? 0) && (one.endpoint ?? "").includes(filter.get("endpoint") ?? "") && Date.parse(one.last_seen) >= since);
  const chips = [...filter].map(([field, value]) => ({ field, operator: field.startsWith("min_") ? "≥" : "=", value, label: labels[field]?.(value) ?? `${field}: ${value}` }));
  return {
    query,
    interpretation: { sentence: isUnderstood ? `${["Incidents", ...chips.filter((chip) => chip.field !== "subject").map((chip) => chip.label)].join(", ")}.` : "", chips, not_understood: isUnderstood ? [] : query.split(" "), suggestions: isUnderstood ? [] : ["show high risk APIs in last 10 minutes", "find anomalies in /payment endpoint", "show all bot-like behavior"], filter: filter.toString() },
    columns: [{ name: "incident", label: "Incident", type: "incident" }, { name: "risk", label: "Risk", type: "number" }, { name: "type", label: "Type", type: "text" }, { name: "actor", label: "Caller", type: "ip" }, { name: "endpoint", label: "Endpoint", type: "endpoint" }, { name: "last_seen", label: "Last seen", type: "time" }],
    rows: isUnderstood ? rows.map((one) => [one.id, one.risk, one.type, one.actor.value, one.endpoint, one.last_seen]) : [],
  };
}
