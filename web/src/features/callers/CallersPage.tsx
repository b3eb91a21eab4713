import { useSearchParams } from "react-router";
import { useStats } from "@/shared/api/useStats";
import { useTimeRange } from "@/shared/time/useTimeRange";
import { CallerTable } from "@/shared/ui/CallerTable";
import { Select } from "@/shared/ui/Field";
import { Loaded } from "@/shared/ui/Loaded";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { AnomalyList } from "./AnomalyList";
import { CallerSearch } from "./CallerSearch";

/** Who calls: the busiest, and those whose conduct stood out. */
export function CallersPage() {
  const range = useTimeRange();
  const stats = useStats(range);
  const [search, setSearch] = useSearchParams();
  const filters = { usage_class: search.get("usage_class") ?? "", priority: search.get("priority") ?? "" };
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  return (
    <div className="space-y-3 pt-3">
      <CallerSearch />
      <div className="grid grid-cols-1 items-start gap-3 xl:grid-cols-2">
        <div className="space-y-3">
          <Panel title="Busiest addresses" hint="Addresses (IPv6 by /64) with the most requests in the chosen time.">
            <Loaded query={stats} isSmall skeleton={<div className="skeleton h-64" />}>{(data) => <CallerTable callers={data.top_callers} />}</Loaded>
          </Panel>
          <Panel title="Busiest users" hint="Users, sessions and API keys with the most requests in the chosen time.">
            <Loaded query={stats} isSmall skeleton={<div className="skeleton h-64" />}>
              {(data) => (data.top_users.length === 0 && data.total_requests > 0 ? <Notice title="The traffic names no users" isSmall>Log the user or a session id, and callers behind one address can be told apart.</Notice> : <CallerTable callers={data.top_users} />)}
            </Loaded>
          </Panel>
        </div>
        <Panel
          title="Conduct that stood out"
          hint="Callers with a minute that the models found strange, the latest first; the worst minute is shown. Its priority is not the level of an incident: only conduct that goes on or is certain becomes one."
          aside={
            <span className="flex gap-2">
              <Select label="Class of use" value={filters.usage_class} onChange={(event) => change("usage_class", event.target.value)}>
                <option value="">Any class</option>
                <option value="normal">Normal</option>
                <option value="heavy">Heavy</option>
                <option value="bot">Bot</option>
              </Select>
              <Select label="Priority" value={filters.priority} onChange={(event) => change("priority", event.target.value)}>
                <option value="">Any priority</option>
                <option value="HIGH">High</option>
                <option value="MEDIUM">Medium</option>
                <option value="LOW">Low</option>
              </Select>
            </span>
          }
        >
          <AnomalyList filters={filters} range={range} />
        </Panel>
      </div>
    </div>
  );
}
