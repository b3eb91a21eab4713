import { formatBytes, formatCompact, formatCount, formatShare } from "@/shared/format/number";
import { Stat } from "@/shared/ui/Stat";
import type { ReportData } from "./data";

/** The log in six figures. */
export function ReportFigures({ data }: { data: ReportData }) {
  const { summary, traffic } = data;
  const errors = Object.entries(traffic.statuses).reduce((sum, [status, count]) => (Number(status) >= 400 ? sum + count : sum), 0);
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6 print:grid-cols-6">
      <Stat label="Requests" value={formatCompact(summary.parsed)} detail={`of ${summary.lines === 1 ? "1 line" : `${formatCompact(summary.lines)} lines`}`} hint={`${formatCount(summary.parsed)} lines were requests.`} />
      <Stat label="Clients" value={formatCompact(summary.clients)} detail="different addresses" hint="IPv6 addresses are counted by /64, as one customer usually has that many." />
      <Stat label="Endpoints" value={formatCompact(summary.endpoints)} detail="learnt from the paths" hint="Paths that differ only in ids are one endpoint." />
      <Stat label="Errors" value={formatShare(summary.parsed ? errors / summary.parsed : 0)} detail="answered 4xx or 5xx" hint="Share of requests answered with a status of 400 or above." />
      <Stat label="Sent" value={formatBytes(traffic.bytes)} detail="in answers" hint="Sum of response sizes, where the log tells them." />
      <Stat label="Read in" value={`${(summary.elapsed_ms / 1000).toFixed(2)} s`} detail={`${formatCompact(summary.lines / Math.max(0.001, summary.elapsed_ms / 1000))} lines a second`} hint="Time of the scan, detection included." />
    </div>
  );
}
