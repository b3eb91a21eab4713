import type { MockState } from "./api";

/** A small stand-in for the understanding of queries: knows levels, endpoints and minutes. */
export function answerQuery(query: string, state: MockState, now: number) {
  const minutes = /last (\d+) (minute|hour)/.exec(query);
  const endpoint = /\/[\w/{}-]+/.exec(query)?.[0];
  const isHigh = /high/.test(query);
  const chips = [
    { field: "show", operator: "=", value: "incidents", label: "incidents" },
    ...(isHigh ? [{ field: "min_risk", operator: ">=", value: "60", label: "high risk" }] : []),
    ...(endpoint ? [{ field: "endpoint", operator: "=", value: endpoint, label: `in ${endpoint}` }] : []),
    ...(minutes ? [{ field: "from", operator: ">=", value: minutes[0], label: `in ${minutes[0]}` }] : []),
  ];
  const isUnderstood = isHigh || Boolean(endpoint) || Boolean(minutes) || /incident|anomal|bot/.test(query);
  const rows = state.incidents.filter((one) => (!isHigh || one.risk >= 60) && (!endpoint || (one.endpoint ?? "").includes(endpoint)) && (!minutes || now - Date.parse(one.last_seen) < Number(minutes[1]) * (minutes[2] === "hour" ? 3_600_000 : 60_000)));
  return {
    query,
    interpretation: { sentence: isUnderstood ? `Incidents${isHigh ? " of high risk and above" : ""}${endpoint ? ` at ${endpoint}` : ""}${minutes ? ` in the ${minutes[0]}s` : ""}` : "", chips: isUnderstood ? chips : [], not_understood: isUnderstood ? [] : query.split(" "), suggestions: ["show high risk APIs in last 10 minutes", "find anomalies in /payment endpoint", "show all bot-like behavior"], filter: isHigh ? "min_risk=60" : "" },
    columns: [{ name: "incident", label: "Incident", type: "incident" }, { name: "risk", label: "Risk", type: "number" }, { name: "type", label: "Type", type: "text" }, { name: "actor", label: "Caller", type: "ip" }, { name: "endpoint", label: "Endpoint", type: "endpoint" }, { name: "last_seen", label: "Last seen", type: "time" }],
    rows: isUnderstood ? rows.map((one) => [one.id, one.risk, one.type, one.actor.value, one.endpoint, one.last_seen]) : [],
  };
}
