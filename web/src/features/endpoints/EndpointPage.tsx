import { Link, useSearchParams } from "react-router";
import { visible } from "@/shared/format/text";
import { IncidentLine } from "@/shared/incident/IncidentLine";
import { useTimeRange } from "@/shared/time/useTimeRange";
import { CallerTable } from "@/shared/ui/CallerTable";
import { Icon } from "@/shared/ui/Icon";
import { Loaded } from "@/shared/ui/Loaded";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { pagePath } from "@/shared/ui/paths";
import { Untrusted } from "@/shared/ui/Untrusted";
import { EndpointCharts } from "./EndpointCharts";
import { EndpointFigures } from "./EndpointFigures";
import { ForecastPanel } from "./ForecastPanel";
import { useEndpoint } from "./useEndpoint";

/** One endpoint: how often, how well, how fast, by whom, and what lies ahead. */
export function EndpointPage() {
  const [search] = useSearchParams();
  const range = useTimeRange();
  const endpoint = search.get("endpoint") ?? "";
  const method = search.get("method");
  const query = useEndpoint(endpoint, method, range);
  return (
    <div className="space-y-3 pt-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link to={pagePath("/endpoints", search)} className="flex items-center gap-1 text-muted hover:text-ink"><Icon name="back" /> Endpoints</Link>
        <h2 className="flex min-w-0 items-baseline gap-2 text-[17px] font-semibold">
          {method && <span className="font-mono text-[13px] text-muted">{visible(method)}</span>}
          <Untrusted text={endpoint} most={300} className="text-[15px] break-all" />
        </h2>
        <Link to={pagePath("/explore", search, { endpoint, ...(method ? { method } : {}) })} className="ml-auto text-accent hover:underline">Its requests</Link>
      </div>
      <Loaded query={query} skeleton={<div className="skeleton h-96" />}>
        {(data) => (
          <div className="space-y-3">
            <EndpointFigures data={data} />
            <div className="grid grid-cols-1 gap-3 lg:grid-cols-2">
              <EndpointCharts data={data} />
              <ForecastPanel forecast={data.forecast} />
              <div className="space-y-3">
                <Panel title="Insights" hint="What stands out about this endpoint in the chosen time.">
                  {data.insights.length === 0 ? <Notice look="good" title="Nothing stands out" isSmall /> : <ul className="list-disc space-y-1.5 pl-4 marker:text-faint">{data.insights.map((text) => <li key={text}>{text}</li>)}</ul>}
                </Panel>
                <Panel title="Incidents here">
                  {data.incidents.length === 0 ? <Notice look="good" title="None in this time" isSmall /> : <ul>{data.incidents.slice(0, 10).map((incident) => <li key={incident.id}><IncidentLine incident={incident} /></li>)}</ul>}
                </Panel>
              </div>
              <Panel title="Busiest callers"><CallerTable callers={data.top_callers.slice(0, 10)} /></Panel>
            </div>
          </div>
        )}
      </Loaded>
    </div>
  );
}
