import { Link, useSearchParams } from "react-router";
import type { EndpointRow } from "@/shared/api/traffic";
import { formatBytes, formatCompact, formatMs, formatShare, plural } from "@/shared/format/number";
import { SortHeader } from "@/shared/ui/SortHeader";
import { endpointPath } from "@/shared/ui/paths";
import { TimeText } from "@/shared/ui/TimeText";
import { Untrusted } from "@/shared/ui/Untrusted";
import { FailureCell } from "./FailureCell";
import { Method } from "./Method";
import { PostureBadge } from "./PostureBadge";

interface Props {
  rows: readonly EndpointRow[];
  sort: string;
  onSort: (by: string) => void;
}

const cell = "border-t border-line py-2 pr-4 text-right whitespace-nowrap";
const wide = "max-md:hidden";

/** Endpoints with what matters about them; a phone has room for the name, how many, and what went wrong. */
export function EndpointTable({ rows, sort, onSort }: Props) {
  const [search] = useSearchParams();
  return (
    <div className="panel overflow-x-auto" tabIndex={0} role="region" aria-label="Endpoints">
      <table className="w-full text-[13px] md:min-w-[880px]">
        <thead className="text-[12px] text-muted">
          <tr>
            <th scope="col" className="w-full py-2 pl-4 text-left font-normal">Endpoint</th>
            <SortHeader name="requests" label="Requests" hint="Requests in the chosen time." sort={sort} onSort={onSort} />
            <SortHeader name="error_rate" label="Errors" hint="Share answered with 400 or above." sort={sort} onSort={onSort} />
            <SortHeader name="p95_ms" label="p95 / median" hint="19 of 20 requests, and half of them, were faster." className={wide} sort={sort} onSort={onSort} />
            <SortHeader name="anomalies" label="Anomalies" hint="Requests judged anomalous." className={wide} sort={sort} onSort={onSort} />
            <SortHeader name="failure" label="Failure ahead" hint="Probability that it fails within 15 minutes: error share over 30% or mean response over 800 ms." className={wide} sort={sort} onSort={onSort} />
            <th scope="col" className={`py-2 pr-4 text-left font-normal ${wide}`}>Access</th>
            <th scope="col" className={`py-2 pr-4 text-right font-normal ${wide}`}>Last seen</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.method} ${row.endpoint}`} className="hover:bg-sunken">
              <td className="max-w-0 min-w-36 border-t border-line py-2 pr-4 pl-4">
                <Link to={endpointPath(row.endpoint, row.method, search)} className="flex items-baseline gap-x-2 hover:text-accent max-md:flex-wrap">
                  <Method name={row.method} />
                  <Untrusted text={row.endpoint} most={200} isPath className="hover:underline max-md:[overflow-wrap:anywhere] md:truncate" />
                  <span className="flex w-full gap-2 empty:hidden md:hidden">
                    {row.failing && <FailureCell row={row} />}
                    {row.anomalies > 0 && <span className="text-[12px] text-critical">{plural(row.anomalies, "anomaly", "anomalies")}</span>}
                  </span>
                </Link>
              </td>
              <td className={cell} data-hint={`${formatBytes(row.response_bytes)} sent in answers`}>{formatCompact(row.requests)}</td>
              <td className={`${cell} ${row.error_rate > 0.3 ? "text-critical" : row.error_rate > 0.1 ? "text-high" : ""}`} data-hint={`${formatCompact(row.client_errors)} × 4xx (${formatCompact(row.refused)} refused), ${formatCompact(row.server_errors)} × 5xx`}>{formatShare(row.error_rate)}</td>
              <td className={`${cell} ${wide}`} data-hint={`p99 ${formatMs(row.p99_ms)}, longest ${formatMs(row.max_ms)}`}>{formatMs(row.p95_ms)} <span className="text-muted">/ {formatMs(row.p50_ms)}</span></td>
              <td className={`${cell} ${wide} ${row.anomalies > 0 ? "text-critical" : "text-muted"}`}>{formatCompact(row.anomalies)}</td>
              <td className={`${cell} ${wide}`}><FailureCell row={row} /></td>
              <td className={`border-t border-line py-2 pr-4 text-left ${wide}`}><PostureBadge posture={row.auth_posture} share={row.authenticated_share} sensitive={row.sensitive} /></td>
              <td className={`${cell} ${wide} text-muted`}><TimeText time={row.last_seen} look="ago" /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
