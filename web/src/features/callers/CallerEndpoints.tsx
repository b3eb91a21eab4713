import { Link, useSearchParams } from "react-router";
import { BarList } from "@/shared/charts/BarList";
import { formatCompact, formatShare } from "@/shared/format/number";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { endpointPath } from "@/shared/ui/paths";
import { Untrusted } from "@/shared/ui/Untrusted";
import type { CallerDetail } from "./useCaller";

/** What the caller calls. */
export function CallerEndpoints({ endpoints }: { endpoints: CallerDetail["endpoints"] }) {
  const [search] = useSearchParams();
  return (
    <Panel title="Endpoints">
      {endpoints.length === 0 ? (
        <Notice title="No requests in this time" isSmall />
      ) : (
        <BarList
          rows={endpoints.slice(0, 12).map((row) => ({
            key: `${row.method} ${row.endpoint}`,
            label: (
              <Link to={endpointPath(row.endpoint, row.method, search)} className="hover:text-accent hover:underline">
                <Untrusted text={`${row.method} ${row.endpoint}`} most={100} />
              </Link>
            ),
            value: row.requests,
            shown: `${formatCompact(row.requests)} · ${formatShare(row.error_rate)} errors`,
            color: row.error_rate > 0.3 ? "var(--high-fill)" : "var(--accent)",
          }))}
        />
      )}
    </Panel>
  );
}
