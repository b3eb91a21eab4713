import { formatBytes, formatCount, formatMs, formatNumber, formatShare } from "@/shared/format/number";
import { humanize } from "@/shared/format/text";

type Unit = "share" | "count" | "ms" | "seconds" | "kib" | "bytes" | "number" | "rate" | "octaves";

interface Known {
  label: string;
  unit: Unit;
  hint: string;
}

const known: Record<string, Known> = {
  payload_score: { label: "Payload looks like an attack", unit: "share", hint: "How sure the payload model is, 0 to 100%." },
  payloads: { label: "Requests with attack payloads", unit: "count", hint: "Requests that carried one." },
  payloads_accepted: { label: "Payloads answered with success", unit: "count", hint: "Attack payloads the server answered with 2xx." },
  payloads_foreign_to_parameter: { label: "Payloads unlike the parameter", unit: "count", hint: "Payloads in parameters that hold nothing of the kind otherwise." },
  auth_failure_rate: { label: "Failed logins", unit: "share", hint: "Share of login attempts that were refused." },
  login_attempts: { label: "Login attempts", unit: "count", hint: "Attempts in this campaign." },
  login_only_sources: { label: "Sources that only log in", unit: "count", hint: "Addresses that do nothing but try logins." },
  login_only_share: { label: "Share that only logs in", unit: "share", hint: "Addresses that do nothing but try logins, of all that log in." },
  attempts_per_source: { label: "Attempts per source", unit: "number", hint: "Mean login attempts per address." },
  failures_before_success: { label: "Failures before success", unit: "count", hint: "Refused logins before the one that succeeded." },
  repeated_changes: { label: "Changes made", unit: "count", hint: "Requests that change something, compared with how often callers send one of them." },
  kinds_of_change: { label: "Kinds of change repeated", unit: "count", hint: "Endpoints that change something and that the caller used far more often than others do." },
  change_share: { label: "Share that changes something", unit: "share", hint: "Of the caller's requests, those that change something." },
  sensitive_changes: { label: "Sensitive changes after login", unit: "count", hint: "Password, e-mail, payment or address changed." },
  requests_per_minute: { label: "Requests a minute", unit: "rate", hint: "Over the minutes in which the caller was active." },
  requests_10m: { label: "Requests in 10 minutes", unit: "count", hint: "Sliding window of ten minutes." },
  requests_on_route: { label: "Requests to the endpoint", unit: "count", hint: "Of this caller, since it began with the endpoint." },
  distinct_items: { label: "Different items", unit: "count", hint: "Different items of the endpoint the caller asked for." },
  peak_requests_10s: { label: "Peak in 10 seconds", unit: "count", hint: "Most requests within ten seconds." },
  distinct_objects: { label: "Different objects", unit: "count", hint: "Different object ids that were asked for." },
  collectors_share: { label: "Callers who only collect", unit: "share", hint: "Of the callers who come to the route, those who do hardly anything but take its items." },
  collectors: { label: "Callers who only collect", unit: "count", hint: "Callers who do hardly anything but take items of the route." },
  watchers_share: { label: "Callers who only watch", unit: "share", hint: "Of the callers who come to the route, those that ask for it alone and never for a picture or script." },
  watchers: { label: "Callers who only watch", unit: "count", hint: "Callers that ask for the route alone and never for a picture or script." },
  items_per_caller: { label: "Items per caller", unit: "number", hint: "Different items of the route, on average." },
  id_step_share: { label: "Ids in sequence", unit: "share", hint: "Share of requests whose id is one step from the last." },
  distinct_missing_paths: { label: "Different missing paths", unit: "count", hint: "Different paths that do not exist." },
  blind_not_found_share: { label: "Not found", unit: "share", hint: "Share of requests to paths nothing links to." },
  sensitive_file_probes: { label: "Probes for sensitive files", unit: "count", hint: "Requests for files such as .env or backups." },
  request_variants: { label: "Request variants", unit: "count", hint: "Different shapes of parameters on one endpoint." },
  invalid_share: { label: "Invalid requests", unit: "share", hint: "Share refused as malformed (400, 422)." },
  refused_share: { label: "Refused", unit: "share", hint: "Share answered 401 or 403." },
  throttled_share: { label: "Throttled", unit: "share", hint: "Share answered 429." },
  server_error_share: { label: "Server errors", unit: "share", hint: "Share answered 5xx." },
  server_time_share: { label: "Share of server time", unit: "share", hint: "Of all time the server spent, the part this caller took." },
  response_kib: { label: "Data taken", unit: "kib", hint: "Sum of response sizes." },
  mean_response_kib: { label: "Mean answer", unit: "kib", hint: "Mean response size." },
  mean_response_time_ms: { label: "Mean response time", unit: "ms", hint: "Mean time the server took." },
  latency_p50_ms: { label: "Median latency", unit: "ms", hint: "Half of the requests were faster." },
  latency_p95_ms: { label: "95th percentile latency", unit: "ms", hint: "19 of 20 requests were faster." },
  gap_variation: { label: "Irregularity of pauses", unit: "number", hint: "People vary (about 1 or more); programs do not (near 0)." },
  repeat_rate: { label: "Repeated requests", unit: "share", hint: "Share of requests that repeat an earlier one." },
  asset_share: { label: "Page assets", unit: "share", hint: "Browsers load scripts and images, programs seldom do." },
  sequence_surprise_nats: { label: "Surprise of the sequence", unit: "number", hint: "How improbable the order of calls is; higher is stranger." },
  peak_burst: { label: "Peak in 10 seconds", unit: "count", hint: "Requests in the busiest ten seconds of the session." },
  kibibytes_out: { label: "Data taken", unit: "kib", hint: "Sent to the caller in ten minutes, pictures and scripts aside." },
  session_minutes: { label: "Minutes of the session", unit: "number", hint: "Since the caller's session began." },
  known_minutes: { label: "Minutes known", unit: "number", hint: "Since the caller was first seen." },
  sequence_surprise: { label: "Surprise of the sequence", unit: "number", hint: "How improbable the order of calls is; higher is stranger." },
  agents: { label: "New user agents", unit: "count", hint: "User agents first seen from the caller in ten minutes." },
  object_share: { label: "Objects per request", unit: "share", hint: "Different objects asked for, per request." },
  new_query_share: { label: "Changing queries", unit: "share", hint: "Requests whose query differs from the one before on that endpoint." },
  new_routes: { label: "New endpoints", unit: "count", hint: "Endpoints the caller uses for the first time." },
  payload_share: { label: "Requests with attack payloads", unit: "share", hint: "Share of requests that carry one." },
  repeat_share: { label: "Repeated requests", unit: "share", hint: "Share of requests that repeat the one before." },
  write_share: { label: "Writing requests", unit: "share", hint: "Share of POST, PUT, PATCH and DELETE." },
  success_ratio: { label: "Successful requests", unit: "share", hint: "Share answered below 400." },
  not_found_share: { label: "Not found", unit: "share", hint: "Share answered 404." },
  auth_failure_ratio: { label: "Failed logins", unit: "share", hint: "Share of login attempts that were refused." },
  login_failures: { label: "Failed logins", unit: "count", hint: "Refused login attempts in ten minutes." },
  login_users: { label: "Users tried at login", unit: "count", hint: "Different users of login attempts." },
  requests_10min: { label: "Requests in 10 minutes", unit: "count", hint: "Sliding window of ten minutes." },
  rate_vs_peers: { label: "Requests against peers", unit: "octaves", hint: "In ten minutes, against the median of its peers." },
  burst_vs_peers: { label: "Peak against others", unit: "octaves", hint: "The busiest ten seconds, against the median of all callers." },
  bytes_vs_peers: { label: "Data against others", unit: "octaves", hint: "Sent to it in the session, against the median of all callers." },
  hour_sin: { label: "Hour of the day", unit: "number", hint: "On a circle, so that 23:00 and 00:00 are neighbours: its sine." },
  hour_cos: { label: "Hour of the day", unit: "number", hint: "On a circle, so that 23:00 and 00:00 are neighbours: its cosine." },
  weekday_sin: { label: "Time of the week", unit: "number", hint: "On a circle, so that Sunday and Monday are neighbours: its sine." },
  weekday_cos: { label: "Time of the week", unit: "number", hint: "On a circle, so that Sunday and Monday are neighbours: its cosine." },
  weekend: { label: "Weekend", unit: "number", hint: "1 on Saturday and Sunday (UTC)." },
  signature_score: { label: "Attack payload", unit: "share", hint: "How sure the signatures are that a request carries one." },
  probe: { label: "Probe", unit: "number", hint: "1 for a file only scanners ask for." },
  probes: { label: "Probes for sensitive files", unit: "count", hint: "Requests of ten minutes for files only scanners ask for." },
  malformed: { label: "Malformed request", unit: "number", hint: "1 if the request line is no HTTP." },
  path_length: { label: "Length of the path", unit: "count", hint: "In bytes, as it was sent." },
  path_depth: { label: "Depth of the path", unit: "count", hint: "Slashes in it." },
  query_length: { label: "Length of the query", unit: "count", hint: "In bytes, as it was sent." },
  parameters: { label: "Parameters", unit: "count", hint: "In the query." },
  longest_value: { label: "Longest value", unit: "count", hint: "Of a parameter, in bytes." },
  new_parameters: { label: "New parameters", unit: "count", hint: "Never seen on this endpoint before." },
  digit_share: { label: "Digits", unit: "share", hint: "Of the characters of path and query." },
  special_share: { label: "Special characters", unit: "share", hint: "Of the characters of path and query." },
  encoded_share: { label: "Encoded characters", unit: "share", hint: "Percent signs among the characters of path and query." },
  client_error: { label: "Answered 4xx", unit: "number", hint: "1 if it was." },
  server_error: { label: "Answered 5xx", unit: "number", hint: "1 if it was." },
  refused: { label: "Answered 401 or 403", unit: "number", hint: "1 if it was." },
  not_found: { label: "Answered 404 or 410", unit: "number", hint: "1 if it was." },
  latency_octaves: { label: "Server time", unit: "octaves", hint: "Against the median of the endpoint." },
  response_octaves: { label: "Size of the answer", unit: "octaves", hint: "Against the median of the endpoint." },
  request_bytes: { label: "Size of the request", unit: "bytes", hint: "As it was sent." },
  write: { label: "Writing request", unit: "number", hint: "1 for POST, PUT, PATCH and DELETE." },
  route_rarity: { label: "Rarity of the endpoint", unit: "number", hint: "Halvings of its share of all requests: 1 is half of them, 20 is unknown." },
  no_agent: { label: "No user agent", unit: "number", hint: "1 if it sends none." },
  attack_tool: { label: "Attack tool", unit: "number", hint: "1 if the user agent is one." },
  declared_program: { label: "Declared program", unit: "number", hint: "1 if the user agent is a crawler's, monitor's, feed reader's or library's." },
  blind_not_found: { label: "Guessed paths", unit: "count", hint: "Paths asked for in ten minutes that belong to nothing here." },
  gap_seconds: { label: "Pause between requests", unit: "seconds", hint: "The mean, recent ones counting more." },
  kibibytes_per_request: { label: "Data per request", unit: "kib", hint: "Sent to the caller in ten minutes, pictures and scripts aside, per request." },
  counterparts: { label: "Users or addresses", unit: "count", hint: "For an address: users and keys first seen from it in ten minutes; for a user: addresses." },
  authenticated_share: { label: "Signed-in requests", unit: "share", hint: "Share of ten minutes with a user or a key." },
  heads: { label: "People behind it", unit: "count", hint: "People who seem to stand behind the caller." },
  is_principal: { label: "Known by name", unit: "number", hint: "1 for a user, key or session, 0 for an address." },
  lead_minutes: { label: "Minutes ahead", unit: "number", hint: "How long before the failure it was foreseen." },
  req_count: { label: "Requests in the window", unit: "count", hint: "One-minute sliding window." },
  error_rate: { label: "Errors", unit: "share", hint: "Share of requests answered 4xx or 5xx." },
  avg_response_time: { label: "Mean response time", unit: "ms", hint: "Within the one-minute window." },
  max_response_time: { label: "Slowest response", unit: "ms", hint: "Within the one-minute window." },
  payload_mean: { label: "Mean request size", unit: "bytes", hint: "Of those whose payload is known." },
  unique_endpoints: { label: "Different endpoints", unit: "count", hint: "Within the one-minute window." },
  status_entropy: { label: "Variety of answers", unit: "number", hint: "Entropy of the status codes: 0 when all are alike." },
};

/** A feature's name for people. */
export function featureLabel(feature: string): string {
  return Object.hasOwn(known, feature) ? (known[feature]?.label ?? "") : humanize(feature);
}

/** What a feature measures; empty if nothing is known beyond its name. */
export function featureHint(feature: string): string {
  return Object.hasOwn(known, feature) ? (known[feature]?.hint ?? "") : "";
}

/** A feature's value with its unit. */
export function formatFeature(feature: string, value: number): string {
  switch (Object.hasOwn(known, feature) ? known[feature]?.unit : undefined) {
    case "share":
      return formatShare(value);
    case "count":
      return formatCount(value);
    case "ms":
      return formatMs(value);
    case "seconds":
      return formatMs(value * 1000);
    case "bytes":
      return formatBytes(value);
    case "kib":
      return formatBytes(value * 1024);
    case "octaves":
      return value >= 0 ? `${formatNumber(2 ** value)} × the median` : `1/${formatNumber(2 ** -value)} of the median`;
    default:
      return formatNumber(value);
  }
}

/** How many times the usual a value is, in words: "42 × typical", "as usual"; empty where nothing is usual. */
export function comparison(value: number, baseline: number): string {
  if (value === baseline) return "as usual";
  if (baseline <= 0 || value < 0) return baseline === 0 && value > 0 ? "none is normal" : "";
  const ratio = value / baseline;
  if (ratio >= 1.5) return `${formatNumber(ratio)} × typical`;
  if (ratio <= 1 / 1.5) return ratio === 0 ? "none, unlike usual" : `1/${formatNumber(1 / ratio)} of typical`;
  return "near typical";
}
