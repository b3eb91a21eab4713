import { formatBytes, formatChance, formatCompact, formatCount, formatMs, formatShare } from "@/shared/format/number";
import { Stat } from "@/shared/ui/Stat";
import type { EndpointDetail } from "./useEndpoint";

/** The endpoint's totals of the chosen time. */
export function EndpointFigures({ data }: { data: EndpointDetail }) {
  const ahead = data.failing ? "failing" : formatChance(data.failure_probability);
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
      <Stat label="Requests" value={formatCompact(data.requests)} detail={`${formatBytes(data.response_bytes)} sent`} hint={`${formatCount(data.requests)} requests in the chosen time.`} />
      <Stat label="Errors" value={formatShare(data.error_rate)} tone={data.error_rate > 0.3 ? "critical" : "ink"} detail={`${formatCompact(data.client_errors)} × 4xx, ${formatCompact(data.server_errors)} × 5xx`} hint="Share of requests answered with 400 or above." />
      <Stat label="Latency, p95" value={formatMs(data.p95_ms)} detail={`median ${formatMs(data.p50_ms)}`} hint={`19 of 20 requests were faster. 99 of 100 took less than ${formatMs(data.p99_ms)}; the longest took ${formatMs(data.max_ms)}.`} />
      <Stat label="Anomalies" value={formatCompact(data.anomalies)} tone={data.anomalies > 0 ? "critical" : "ink"} detail={`${formatShare(data.requests ? data.anomalies / data.requests : 0)} of requests`} hint="Requests judged anomalous." />
      <Stat label="Failure ahead" value={ahead} tone={data.failing || (data.failure_probability ?? 0) >= 0.5 ? "high" : "ink"} detail="within 15 minutes" hint="Probability that the error share passes 30% or the mean response time 800 ms within 15 minutes." />
      <Stat label="Signed in" value={formatShare(data.authenticated_share)} detail={data.sensitive.length > 0 ? data.sensitive.join(", ") : "nothing sensitive seen"} hint="Share of requests that name a user, session or key." />
    </div>
  );
}
