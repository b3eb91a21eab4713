import { useSearchParams } from "react-router";
import { useStats } from "@/shared/api/useStats";
import { useTimeRange } from "@/shared/time/useTimeRange";
import { CallerTable } from "@/shared/ui/CallerTable";
import { Select } from "@/shared/ui/Field";
import { Loaded } from "@/shared/ui/Loaded";
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
        <Panel title="Busiest callers" hint="Addresses (IPv6 by /64) and users with the most requests in the chosen time.">
          <Loaded query={stats} isSmall skeleton={<div className="skeleton h-64" />}>{(data) => <CallerTable callers={data.top_callers} />}</Loaded>
        </Panel>
        <Panel
          title="Conduct that stood out"
          hint="One-minute windows of callers that the models found strange, newest first."
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
