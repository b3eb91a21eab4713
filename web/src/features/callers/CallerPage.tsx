import { Link, useSearchParams } from "react-router";
import { isPseudonym, pseudonymHint } from "@/shared/format/pseudonym";
import { IncidentLine } from "@/shared/incident/IncidentLine";
import { useTimeRange } from "@/shared/time/useTimeRange";
import { CallerTable } from "@/shared/ui/CallerTable";
import { Icon } from "@/shared/ui/Icon";
import { Loaded } from "@/shared/ui/Loaded";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { pagePath } from "@/shared/ui/paths";
import { Untrusted } from "@/shared/ui/Untrusted";
import { AnomalyCard } from "./AnomalyCard";
import { CallerEndpoints } from "./CallerEndpoints";
import { CallerFigures } from "./CallerFigures";
import { CallerTraffic } from "./CallerTraffic";
import { Transitions } from "./Transitions";
import { useCaller } from "./useCaller";
import { UserAgents } from "./UserAgents";

/** One caller: how it behaves, what it calls in which order, and what was found about it. */
export function CallerPage() {
  const [search] = useSearchParams();
  const range = useTimeRange();
  const kind = search.get("kind") ?? "ip";
  const value = search.get("value") ?? "";
  const query = useCaller(kind, value, range);
  return (
    <div className="space-y-3 pt-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link to={pagePath("/callers", search)} className="flex items-center gap-1 text-muted hover:text-ink"><Icon name="back" /> Callers</Link>
        <h2 className="min-w-0 font-semibold"><span className="mr-2 text-muted" data-hint={isPseudonym(value) ? pseudonymHint : undefined}>{isPseudonym(value) ? "Session or key" : kind === "user" ? "User" : "Address"}</span><Untrusted text={value} most={200} className="text-[15px] break-all" /></h2>
        <Link to={pagePath("/explore", search, { [kind === "user" ? "user" : "client_ip"]: value })} className="ml-auto text-accent hover:underline">Its requests</Link>
      </div>
      <Loaded query={query} skeleton={<div className="skeleton h-96" />}>
        {(data) => (
          <div className="space-y-3">
            <CallerFigures data={data} />
            <div className="grid grid-cols-1 gap-3 lg:grid-cols-2">
              <CallerTraffic data={data} />
              <Panel title="Incidents">{data.incidents.length === 0 ? <Notice look="good" title="None in this time" isSmall /> : <ul>{data.incidents.slice(0, 10).map((incident) => <li key={incident.id}><IncidentLine incident={incident} /></li>)}</ul>}</Panel>
              <CallerEndpoints endpoints={data.endpoints} />
              <Transitions transitions={data.transitions} />
              <Panel title="Conduct that stood out" className="self-start">{data.anomalies.length === 0 ? <Notice look="good" title="Nothing stood out" isSmall /> : <ul className="divide-y divide-line">{data.anomalies.slice(0, 10).map((item) => <AnomalyCard key={item.id} item={item} />)}</ul>}</Panel>
              <div className="space-y-3">
                <UserAgents agents={data.user_agents} />
                <Panel title="Related callers" hint="They share the user, the address, the user agent or an incident."><CallerTable callers={data.related} empty="None: it shares nothing with another caller" /></Panel>
              </div>
            </div>
          </div>
        )}
      </Loaded>
    </div>
  );
}
