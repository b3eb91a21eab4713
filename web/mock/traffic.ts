import type { AnomalyItem, CallerRow, EndpointRow, TrafficBucket } from "../src/shared/api/traffic";
import { createRandom, noise } from "./random";

/** Requests a second at a time: a day's shape with some noise. */
export function rateAt(time: number): number {
  const hour = (time / 3_600_000) % 24;
  return 18 + 14 * Math.sin(((hour - 8) / 24) * 2 * Math.PI) + 4 * Math.sin(time / 1.7e6) + 3 * noise(time / 1000);
}

export function makeTraffic(from: number, to: number, buckets: number): TrafficBucket[] {
  const step = (to - from) / buckets;
  return Array.from({ length: buckets }, (_, index) => {
    const time = from + index * step;
    const chance = noise(time / 60_000);
    const requests = Math.round((rateAt(time) * step) / 1000);
    const isAttack = chance > 0.87 || index > buckets - 4;
    const errors = Math.round(requests * (0.02 + 0.02 * noise(time) + (isAttack ? 0.16 * chance : 0)));
    const mean = 42 + 14 * noise(time + 5) + (isAttack ? 20 : 0);
    return {
      time: new Date(time).toISOString(), requests, errors, client_errors: Math.round(errors * 0.8), server_errors: errors - Math.round(errors * 0.8),
      anomalies: isAttack ? Math.round(requests * 0.05 * chance) : 0, mean_ms: mean, p95_ms: mean * 3.1, max_score: isAttack ? 0.6 + 0.38 * chance : 0.12 + 0.3 * noise(time + 9),
    };
  });
}

const routes: [string, string, number, number][] = [
  ["GET", "/api/v1/products/{id}", 212_000, 0.011], ["GET", "/api/v1/search", 148_000, 0.021], ["GET", "/api/v1/cart", 92_400, 0.008], ["POST", "/api/v1/cart/items", 61_800, 0.019],
  ["GET", "/api/v1/orders/{id}", 48_100, 0.034], ["POST", "/api/v1/login", 31_700, 0.318], ["GET", "/api/v1/account", 28_900, 0.012], ["POST", "/api/v1/checkout/payment", 17_300, 0.041],
  ["GET", "/api/v1/invoices/{id}", 12_200, 0.026], ["GET", "/api/v1/reports/orders", 3_100, 0.062], ["PUT", "/api/v1/account/password", 1_240, 0.083], ["POST", "/api/v1/partner/feed", 910, 0.014], ["GET", "/internal/metrics", 288, 0],
];

export function makeEndpoints(now: number): EndpointRow[] {
  return routes.map(([method, endpoint, requests, errors], index) => {
    const random = createRandom(index + 3);
    const mean = 18 + 90 * random();
    return {
      endpoint, method, requests, error_rate: errors, client_errors: Math.round(requests * errors * 0.8), server_errors: Math.round(requests * errors * 0.2), refused: Math.round(requests * errors * 0.4),
      anomalies: Math.round(random() ** 4 * 600), mean_ms: mean, p50_ms: mean * 0.7, p95_ms: mean * 2.8, p99_ms: mean * 5, max_ms: mean * 40, response_bytes: requests * 1800,
      authenticated_share: endpoint.includes("account") || endpoint.includes("orders") ? 0.98 : random() * 0.5, first_seen: new Date(now - 30 * 86_400_000).toISOString(), last_seen: new Date(now - index * 4_000).toISOString(),
      auth_posture: endpoint.includes("account") || endpoint.includes("orders") || endpoint.includes("invoices") ? "authenticated" : index % 3 === 0 ? "mixed" : "anonymous",
      sensitive: endpoint.includes("payment") ? ["payment"] : endpoint.includes("login") || endpoint.includes("password") ? ["credentials"] : endpoint.includes("account") ? ["personal data"] : [],
      failing: endpoint.includes("login"), failure_probability: endpoint.includes("reports") ? 0.64 : endpoint.includes("login") ? 0.93 : index > 9 ? null : 0.01 + random() * 0.08,
    };
  });
}

export function makeCallers(now: number): CallerRow[] {
  const names: [CallerRow["kind"], string][] = [["ip", "203.0.113.41"], ["user", "svc-export"], ["ip", "198.51.100.7"], ["user", "jo'conner3378"], ["ip", "2001:db8:9c1::/64"], ["user", "emma.baker1646"], ["ip", "192.0.2.199"], ["user", "ximena_73079"]];
  return names.map(([kind, value], index) => {
    const random = createRandom(index + 40);
    return {
      kind, value, requests: Math.round(14_000 / (index + 1)), error_rate: index === 0 ? 0.61 : random() * 0.06, anomalies: index === 0 ? 412 : Math.round(random() ** 5 * 80), endpoints: 2 + Math.round(random() * 20),
      refused: index === 0 ? 8_200 : 3, first_seen: new Date(now - 5 * 86_400_000).toISOString(), last_seen: new Date(now - index * 61_000).toISOString(), max_score: index === 0 ? 0.98 : random() * 0.5, usage_class: index === 0 ? "bot" : index < 3 ? "heavy" : "normal",
    };
  });
}

export function makeAnomalies(now: number, count: number): AnomalyItem[] {
  const callers = makeCallers(now);
  return Array.from({ length: count }, (_, index) => {
    const random = createRandom(index + 90);
    const actor = callers[Math.floor(random() ** 2 * callers.length)] ?? callers[0];
    const anomaly = 0.55 + random() * 0.45;
    const risk = 0.45 * anomaly + 0.35 * random() + 0.2 * random();
    return {
      id: `an-${index}`, time: new Date(now - index * 11 * 60_000).toISOString(), actor: { kind: actor?.kind ?? "ip", value: actor?.value ?? "" }, endpoint: routes[index % routes.length]?.[1] ?? null, anomaly_score: anomaly,
      failure_probability: random(), bot_probability: random(), risk_score: risk, priority: risk >= 0.8 ? "HIGH" : risk >= 0.5 ? "MEDIUM" : "LOW", risk: Math.round(risk * 100), level: risk >= 0.8 ? "CRITICAL" : risk >= 0.6 ? "HIGH" : risk >= 0.4 ? "MEDIUM" : "LOW",
      usage_class: random() > 0.6 ? "bot" : "heavy", features: { req_count: Math.round(200 * random()), error_rate: random(), avg_response_time: 40 + 300 * random(), max_response_time: 900 * random(), payload_mean: 700 * random(), unique_endpoints: Math.round(30 * random()), repeat_rate: random(), status_entropy: random() * 1.5 },
      votes: { isolation_forest: anomaly, xgboost: random(), lstm: random() }, explanation: "Far more requests than this caller usually sends, to more endpoints, with more refusals.",
    };
  });
}
