import { useSearchParams } from "react-router";
import { formatCount } from "@/shared/format/number";
import { useTimeRange } from "@/shared/time/useTimeRange";
import { Loaded } from "@/shared/ui/Loaded";
import { Notice } from "@/shared/ui/Notice";
import { SearchField } from "@/shared/ui/SearchField";
import { Segmented } from "@/shared/ui/Segmented";
import { EndpointTable } from "./EndpointTable";
import { isOnlyAsked, sortEndpoints } from "./sorting";
import { useEndpoints } from "./useEndpoints";

/** The inventory: every endpoint that was called, found from the traffic. */
export function EndpointsPage() {
  const range = useTimeRange();
  const [search, setSearch] = useSearchParams();
  const q = search.get("q") ?? "";
  const sort = search.get("sort");
  const query = useEndpoints(range, q);
  const view = search.get("view") === "refused" ? "refused" : "answering";
  const all = query.data?.items ?? [];
  const shown = all.filter((row) => isOnlyAsked(row) === (view === "refused"));
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  return (
    <div className="space-y-3 pt-3">
      <div className="flex flex-wrap items-center gap-3">
        <SearchField label="Find an endpoint" value={q} onChange={(value) => change("q", value)} className="w-72 max-w-full" />
        {query.data && (
          <Segmented
            label="Which endpoints"
            value={view}
            options={[
              { value: "answering", label: `Endpoints ${formatCount(view === "answering" ? shown.length : all.length - shown.length)}`, hint: "Learnt from the traffic: what has answered at least once with success or an error of its own." },
              { value: "refused", label: `Never there ${formatCount(view === "refused" ? shown.length : all.length - shown.length)}`, hint: "Only answered with 4xx: what somebody asked for and did not get, mostly the guesses of scanners." },
            ]}
            onChange={(value) => change("view", value === "refused" ? value : "")}
          />
        )}
      </div>
      <Loaded query={query} skeleton={<div className="skeleton h-96" />}>
        {() =>
          shown.length === 0 ? (
            <div className="panel">
              <Notice title={q ? "No endpoint has this in its path" : view === "refused" && all.length > 0 ? "Nobody asked for what is not there" : "No endpoint was called in this time"}>{q ? "Try a shorter piece of the path, or the other list." : view === "refused" && all.length > 0 ? "Scanners have not been guessing in this time." : "Choose a longer time, or send traffic: endpoints are learnt from it."}</Notice>
            </div>
          ) : (
            <EndpointTable rows={sortEndpoints(shown, sort)} sort={sort ?? "requests"} onSort={(by) => change("sort", by === "requests" ? "" : by)} />
          )
        }
      </Loaded>
    </div>
  );
}
