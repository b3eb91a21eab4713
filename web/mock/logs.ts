import { hostile } from "./hostile";
import { createRandom } from "./random";

const total = 1_000_000;
const paths = ["/api/v1/products/4411", "/api/v1/search?q=lamp", "/api/v1/cart", "/api/v1/login", "/api/v1/orders/99812", "/api/v1/checkout/payment"];
const templates = ["/api/v1/products/{id}", "/api/v1/search", "/api/v1/cart", "/api/v1/login", "/api/v1/orders/{id}", "/api/v1/checkout/payment"];

function row(index: number, now: number, isHostile: boolean) {
  const random = createRandom(index + 1000);
  const which = Math.floor(random() * paths.length);
  const status = random() > 0.93 ? (random() > 0.7 ? 500 : 401) : 200;
  const score = random() > 0.985 ? 0.7 + random() * 0.3 : random() * 0.3;
  const [path = "", query] = (isHostile && index % 5 === 0 ? `/search?q=${hostile.html}` : (paths[which] ?? "")).split("?");
  return {
    id: `${index}`, timestamp: new Date(now - index * 137).toISOString(), method: which === 3 || which === 5 ? "POST" : "GET", path, query: query ?? null, status, duration_ms: Math.round(900 * random() ** 4) + 3, client_ip: `198.51.100.${Math.floor(random() * 250)}`,
    user: isHostile && index % 7 === 0 ? hostile.bidi : random() > 0.6 ? "emma.baker1646" : null, session: null, request_bytes: 200, response_bytes: Math.round(3000 * random()), user_agent: isHostile ? hostile.html : "Mozilla/5.0 (X11; Linux x86_64)", referer: isHostile ? hostile.link : null, host: "shop.example", protocol: "HTTP/1.1",
    endpoint: templates[which], anomaly_score: score, is_anomaly: score > 0.7, types: score > 0.7 ? ["sql_injection"] : [], source: "POST /logs",
  };
}

/** A page of a million rows. */
export function makeLogs(url: URL, now: number, isEmpty: boolean, isHostile: boolean) {
  const limit = Math.min(1000, Number(url.searchParams.get("limit") ?? 100));
  const [start = 0, base = now] = (url.searchParams.get("cursor") ?? `0.${now}`).split(".").map(Number);
  const wanted = url.searchParams.get("status");
  const end = isEmpty ? start : Math.min(total, start + limit);
  const items = [];
  for (let index = start; index < end; index++) {
    const item = row(index, base, isHostile);
    if (!wanted || String(item.status) === wanted || (wanted.endsWith("xx") && String(item.status).startsWith(wanted.charAt(0)))) items.push(item);
  }
  return { items, next_cursor: end < total && !isEmpty ? `${end}.${base}` : null };
}
