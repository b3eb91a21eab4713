import type { Incident } from "../src/shared/api/incident";
import { answerQuery } from "./query";
import { makeLogs } from "./logs";
import { makeModels, makeStatus, settings } from "./service";
import type { MockState } from "./state";
import { makeAnomalies, makeCallers, makeEndpoints, makeTraffic, rateAt } from "./traffic";

export const mockKey = "vdt_mock";

export interface MockAnswer {
  status: number;
  body?: unknown;
  cookie?: string;
}

const ok = (body: unknown): MockAnswer => ({ status: 200, body });
const problem = (status: number, title: string, detail = ""): MockAnswer => ({ status, body: { type: "about:blank", title, status, detail } });

/** Answers one request as the server would. */
export function answer(state: MockState, method: string, url: URL, body: Record<string, unknown>, headers: { csrf?: string; cookie?: string }): MockAnswer {
  const path = url.pathname;
  const now = Date.now();
  const isSignedIn = isSession(state, headers.cookie);
  if (path === "/api/session") return session(state, isSignedIn, method, body);
  if (!isSignedIn) return problem(401, "Sign in first");
  if (method !== "GET" && headers.csrf !== "mock-csrf") return problem(403, "The request lacks its token");
  if (state.isFailing) return problem(503, "The store cannot be reached", "disk full");
  if (path === "/status") return ok({ ...makeStatus(now, state.phase), ...(state.isEmpty ? { logs_processed: 0, events: { received: 0, analysed: 0, deferred: 0, rejected: 0, lag_seconds: null } } : {}) });
  if (path === "/api/stats") return ok(stats(state, url, now));
  if (path === "/api/incidents") return ok(incidents(state, url));
  const feedback = /^\/api\/incidents\/([^/]+)\/feedback$/.exec(path);
  if (feedback?.[1] && method === "POST") return give(state, decodeURIComponent(feedback[1]), body, now);
  const one = /^\/api\/incidents\/([^/]+)$/.exec(path);
  if (one?.[1]) return incident(state, decodeURIComponent(one[1]));
  if (path === "/api/endpoints") return ok({ items: state.isEmpty ? [] : makeEndpoints(now).filter((row) => row.endpoint.includes(url.searchParams.get("q") ?? "")), next_cursor: null });
  const endpoint = /^\/api\/analytics\/endpoint\/(.+)$/.exec(path);
  if (endpoint?.[1]) return endpointDetail(state, `/${decodeURIComponent(endpoint[1])}`, url, now);
  const caller = /^\/api\/(clients|users)\/([^/]+)$/.exec(path);
  if (caller?.[1] && caller[2]) return ok(callerDetail(state, caller[1] === "clients" ? "ip" : "user", decodeURIComponent(caller[2]), url, now));
  if (path === "/api/anomalies") return ok({ items: state.isEmpty ? [] : makeAnomalies(now, 40).filter((item) => !url.searchParams.get("usage_class") || item.usage_class === url.searchParams.get("usage_class")), next_cursor: null });
  if (path === "/api/logs") return ok(makeLogs(url, now, state.isEmpty, state.isHostile));
  if (path === "/api/admin/query") return ok(answerQuery(String(body["query"] ?? ""), String(body["filter"] ?? ""), state, now));
  if (path === "/api/models") return ok(models(now, state));
  if (/^\/api\/models\/[^/]+\/activate$/.test(path)) return { status: 204 };
  if (path === "/train") return state.isEmpty ? problem(409, "There is nothing to learn from", "Send traffic first.") : { status: 202, body: { training_in_progress: true } };
  return admin(state, method, path, body, now);
}

export function isSession(state: MockState, cookie: string | undefined): boolean {
  return (cookie ?? "").split("; ").includes(`vedette=${state.session}`);
}

function session(state: MockState, isSignedIn: boolean, method: string, body: Record<string, unknown>): MockAnswer {
  if (method === "DELETE") return { status: 204, cookie: "vedette=; Max-Age=0; Path=/" };
  if (method === "POST") {
    if (body["key"] !== mockKey && body["token"] !== "mock-token") return problem(401, "The key is not known");
    return { status: 204, cookie: `vedette=${state.session}; HttpOnly; SameSite=Strict; Path=/` };
  }
  return ok(isSignedIn ? { signed_in: true, name: "on-call", role: state.role, csrf: "mock-csrf" } : { signed_in: false, name: null, role: null, csrf: null });
}

function span(url: URL, now: number): [number, number] {
  const to = Date.parse(url.searchParams.get("to") ?? "") || now;
  return [Date.parse(url.searchParams.get("from") ?? "") || to - 86_400_000, to];
}

function stats(state: MockState, url: URL, now: number) {
  const [from, to] = span(url, now);
  const traffic = makeTraffic(from, to, Number(url.searchParams.get("buckets") ?? 60)).map((bucket) => (state.isEmpty ? { ...bucket, requests: 0, errors: 0, anomalies: 0, max_score: null } : bucket));
  const requests = traffic.reduce((sum, bucket) => sum + bucket.requests, 0);
  const anomalies = traffic.reduce((sum, bucket) => sum + bucket.anomalies, 0);
  const count = (key: (one: Incident) => string) => state.incidents.reduce<Record<string, number>>((sums, one) => ({ ...sums, [key(one)]: (sums[key(one)] ?? 0) + 1 }), {});
  return {
    from: new Date(from).toISOString(), to: new Date(to).toISOString(), total_requests: requests, total_anomalies: anomalies, detection_rate: requests ? anomalies / requests : 0, requests_per_second: requests / ((to - from) / 1000),
    error_rate: requests ? traffic.reduce((sum, bucket) => sum + bucket.errors, 0) / requests : 0, priorities: state.isEmpty ? { HIGH: 0, MEDIUM: 0, LOW: 0 } : { HIGH: 14, MEDIUM: 88, LOW: 311 },
    incidents: { total: state.incidents.length, by_type: count((one) => one.type), by_level: count((one) => one.level) },
    anomalies_by_endpoint: state.isEmpty ? {} : { "/api/v1/login": 1994, "/api/v1/search": 312, "/api/v1/orders/{id}": 291, "/products/{id}": 233, "/api/v1/link-preview": 104, "/api/v1/invoices/{id}": 79, "/api/v1/partner/feed": 37 },
    traffic, risk: traffic.map((bucket) => Math.max(0, ...state.incidents.filter((one) => Date.parse(one.first_seen) < Date.parse(bucket.time) + (to - from) / traffic.length && one.last_seen >= bucket.time).map((one) => one.risk))), top_endpoints: state.isEmpty ? [] : makeEndpoints(now).slice(0, 8), top_callers: state.isEmpty ? [] : makeCallers(now).filter((row) => row.kind === "ip"), top_users: state.isEmpty ? [] : makeCallers(now).filter((row) => row.kind === "user"), phase: state.phase, health: "ok",
    not_watched: ["The traffic names no users: taken-over accounts and walks through other people's data go unseen.", "No latencies are logged: slow endpoints and coming failures go unseen. Add $request_time to nginx's log_format."],
  };
}

function incidents(state: MockState, url: URL) {
  const search = url.searchParams;
  const items = state.incidents.filter((one) =>
    (!search.get("type") || one.type === search.get("type")) && (!search.get("level") || one.level === search.get("level")) && one.risk >= Number(search.get("min_risk") ?? 0) && (!search.get("endpoint") || one.endpoint === search.get("endpoint"))
    && (!search.get("actor") || one.actor.value === search.get("actor")) && (!search.get("verdict") || (one.verdict ?? "none") === search.get("verdict")) && one.last_seen >= (search.get("from") ?? "") && (!search.get("q") || JSON.stringify(one).includes(search.get("q") ?? "")));
  return { items, next_cursor: null };
}

function incident(state: MockState, id: string): MockAnswer {
  const found = state.incidents.find((one) => one.id === id);
  if (!found) return problem(404, "There is no such incident");
  const from = Date.parse(found.first_seen) - 20 * 60_000;
  return ok({ ...found, feedback: state.feedback[id] ?? [], related: state.incidents.filter((one) => one !== found && (one.endpoint === found.endpoint || one.type === found.type)).slice(0, 4), traffic: makeTraffic(from, Date.parse(found.last_seen) + 10 * 60_000, 60) });
}

function give(state: MockState, id: string, body: Record<string, unknown>, now: number): MockAnswer {
  if (state.role === "viewer") return problem(403, "This needs the role analyst");
  const found = state.incidents.find((one) => one.id === id);
  if (!found) return problem(404, "There is no such incident");
  found.verdict = body["verdict"] as Incident["verdict"];
  state.feedback[id] = [...(state.feedback[id] ?? []), { verdict: String(body["verdict"]), note: typeof body["note"] === "string" ? body["note"] : null, by: "on-call", time: new Date(now).toISOString() }];
  return { status: 204 };
}

function endpointDetail(state: MockState, endpoint: string, url: URL, now: number): MockAnswer {
  const row = makeEndpoints(now).find((one) => one.endpoint === endpoint);
  if (!row) return problem(404, "No request to this endpoint in this time");
  const [from, to] = span(url, now);
  return ok({
    ...row, traffic: makeTraffic(from, to, 96), by_hour: Array.from({ length: 24 }, (_, hour) => ({ hour, requests: Math.round(rateAt(hour * 3_600_000) * 3600), error_rate: 0.02, mean_ms: row.mean_ms })), status: { "2xx": row.requests - row.client_errors - row.server_errors, "3xx": 0, "4xx": row.client_errors, "5xx": row.server_errors },
    top_callers: makeCallers(now).slice(0, 6), incidents: state.incidents.filter((one) => one.endpoint === endpoint), insights: ["Errors are 6 times the usual share since 02:41.", "95% of the requests come from 12 addresses.", "The median latency is as usual at this hour."],
    forecast: row.failure_probability === null ? null : { probability: { "5": row.failure_probability * 0.6, "10": row.failure_probability * 0.85, "15": row.failure_probability }, minutes_to_failure: row.failure_probability > 0.5 ? 9 : null, failing: row.failing, silent: false, reason: null, judged: 1412, brier: 0.021, naive_brier: 0.034, lead_time_minutes_median: 8.5, false_alarms_per_day: 0.3, calibration: Array.from({ length: 10 }, (_, i) => ({ predicted: i / 10 + 0.05, happened: Math.min(1, i / 10 + 0.03 + 0.04 * (i % 3)), count: Math.round(900 / (i + 1) ** 2) })) },
  });
}

function callerDetail(state: MockState, kind: string, value: string, url: URL, now: number) {
  const [from, to] = span(url, now);
  const endpoints = makeEndpoints(now).slice(0, 6);
  return {
    kind, value, first_seen: new Date(now - 6 * 86_400_000).toISOString(), last_seen: new Date(now - 60_000).toISOString(), requests: 8_412, error_rate: 0.31, usage_class: "bot", risk: 87, traffic: makeTraffic(from, to, 96).map((bucket) => ({ ...bucket, requests: Math.round(bucket.requests / 30), errors: Math.round(bucket.errors / 8) })),
    endpoints: endpoints.map((row) => ({ endpoint: row.endpoint, method: row.method, requests: Math.round(row.requests / 40), error_rate: row.error_rate })), transitions: endpoints.slice(1).map((row, index) => ({ from: endpoints[index]?.endpoint ?? "", to: row.endpoint, count: 900 - index * 160 })),
    incidents: state.incidents.filter((one) => one.actor.value === value || state.isHostile).slice(0, 5), anomalies: makeAnomalies(now, 6), user_agents: [{ user_agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", count: 6_100 }, { user_agent: "python-requests/2.31", count: 2_312 }], related: makeCallers(now).slice(1, 4),
  };
}

function models(now: number, state: MockState) {
  const version = (name: string, days: number, active: boolean, auc: number) => ({
    version: name, created_at: new Date(now - days * 86_400_000).toISOString(), active, parent: name === "v5" ? null : `v${Number(name.slice(1)) - 1}`, metrics: { xgboost: { auc: auc - 0.01, f1: auc - 0.08, precision: auc - 0.05, recall: auc - 0.1 }, consensus: { auc, f1: auc - 0.07, precision: auc - 0.04, recall: auc - 0.09, false_positives: 10 } },
    training: { events: 1_200_000, from: new Date(now - (days + 7) * 86_400_000).toISOString(), to: new Date(now - days * 86_400_000).toISOString(), seed: 7 },
    drift: { score: active ? 0.14 : 0.31, features: [{ name: "req_count", psi: 0.21 }, { name: "error_rate", psi: 0.14 }, { name: "avg_response_time", psi: 0.09 }, { name: "unique_endpoints", psi: 0.03 }, { name: "status_entropy", psi: 0.02 }] },
    importance: [{ name: "error_rate", share: 0.31 }, { name: "req_count", share: 0.22 }, { name: "unique_endpoints", share: 0.17 }, { name: "avg_response_time", share: 0.11 }, { name: "repeat_rate", share: 0.08 }, { name: "status_entropy", share: 0.06 }],
  });
  const isReady = state.phase === "ensemble" || state.phase === "waiting";
  return { active: isReady ? "v7" : null, items: isReady ? [version("v7", 1, true, 0.981), version("v6", 8, false, 0.974), version("v5", 15, false, 0.969)] : [], models: makeModels(isReady) };
}

function admin(state: MockState, method: string, path: string, body: Record<string, unknown>, now: number): MockAnswer {
  if (path === "/api/views") {
    if (method === "PUT") state.views = body["items"] as MockState["views"];
    return ok({ items: state.views });
  }
  if (state.role !== "admin") return problem(403, "This needs the role admin");
  if (path === "/api/settings") {
    if (method === "PUT") for (const [section, values] of Object.entries(body)) Object.assign((settings.settings as Record<string, object>)[section] ?? {}, values);
    return ok(settings);
  }
  if (path === "/api/keys" && method === "POST") {
    const id = `k${state.keys.length + 1}`;
    state.keys.push({ id, name: String(body["name"]), role: String(body["role"]), created_at: new Date(now).toISOString(), expires_at: null, revoked_at: null, last_used_at: null });
    return { status: 201, body: { id, name: body["name"], role: body["role"], key: `vdt_${id}_shown-this-once` } };
  }
  if (path === "/api/keys") return ok({ items: state.keys, next_cursor: null });
  const key = /^\/api\/keys\/([^/]+)(\/rotate)?$/.exec(path);
  if (key?.[2]) return ok({ id: key[1], name: "rotated", role: "viewer", key: `vdt_${key[1]}_rotated` });
  if (key) {
    const found = state.keys.find((one) => one.id === key[1]);
    if (found) found.revoked_at = new Date(now).toISOString();
    return { status: 204 };
  }
  if (path === "/api/audit") return ok({ items: [{ time: new Date(now - 4e5).toISOString(), by: "on-call", action: "key.create", target: "nginx shipper", address: "192.0.2.4" }, { time: new Date(now - 9e6).toISOString(), by: "on-call", action: "settings.change", target: "Risk:AlertsPerDay", address: "192.0.2.4" }], next_cursor: null });
  return problem(404, "There is no such resource");
}
