import { useSearchParams } from "react-router";
import { plural } from "@/shared/format/number";
import { useTimeRange } from "@/shared/time/useTimeRange";
import { Loaded } from "@/shared/ui/Loaded";
import { Notice } from "@/shared/ui/Notice";
import { SearchField } from "@/shared/ui/SearchField";
import { EndpointTable } from "./EndpointTable";
import { sortEndpoints } from "./sorting";
import { useEndpoints } from "./useEndpoints";

/** The inventory: every endpoint that was called, found from the traffic. */
export function EndpointsPage() {
  const range = useTimeRange();
  const [search, setSearch] = useSearchParams();
  const q = search.get("q") ?? "";
  const sort = search.get("sort");
  const query = useEndpoints(range, q);
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
        {query.data && <span className="text-muted">{plural(query.data.items.length, "endpoint")}, as learnt from the traffic</span>}
      </div>
      <Loaded query={query} skeleton={<div className="skeleton h-96" />}>
        {(page) =>
          page.items.length === 0 ? (
            <div className="panel">
              <Notice title={q ? "No endpoint has this in its path" : "No endpoint was called in this time"}>{q ? "Try a shorter piece of the path." : "Choose a longer time, or send traffic: endpoints are learnt from it."}</Notice>
            </div>
          ) : (
            <EndpointTable rows={sortEndpoints(page.items, sort)} sort={sort ?? "requests"} onSort={(by) => change("sort", by === "requests" ? "" : by)} />
          )
        }
      </Loaded>
    </div>
  );
}
