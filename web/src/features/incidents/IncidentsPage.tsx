import { useMemo } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useTimeRange } from "@/shared/time/useTimeRange";
import { Loaded } from "@/shared/ui/Loaded";
import { Notice } from "@/shared/ui/Notice";
import { incidentPath } from "@/shared/ui/paths";
import { FilterBar } from "./FilterBar";
import { isFiltered, readFilters } from "./filters";
import { IncidentDetail } from "./IncidentDetail";
import { NoIncidents } from "./NoIncidents";
import { IncidentList } from "./IncidentList";
import { useIncidents } from "./useIncidents";
import { useTriageKeys } from "./useTriageKeys";

/** The list at the left, the incident at the right; on narrow screens one after the other. */
export function IncidentsPage() {
  const { id } = useParams();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const range = useTimeRange();
  const filters = readFilters(search);
  const query = useIncidents(range, filters);
  const incidents = useMemo(() => {
    const seen = new Set<string>();
    return (query.data?.pages ?? []).flatMap((page) => page.items).filter((incident) => !seen.has(incident.id) && seen.add(incident.id));
  }, [query.data]);

  const actions = useMemo(() => {
    const go = (to: string) => void navigate(incidentPath(to, search), { replace: id !== undefined });
    const step = (by: number) => {
      const at = incidents.findIndex((incident) => incident.id === id);
      const target = incidents[at < 0 ? 0 : Math.max(0, Math.min(incidents.length - 1, at + by))];
      if (target) go(target.id);
    };
    return {
      next: () => step(1),
      previous: () => step(-1),
      open: () => (id ? document.getElementById("incident")?.focus() : step(0)),
      back: () => id && void navigate(`/incidents?${search}`),
      select: go,
    };
  }, [incidents, id, navigate, search]);
  useTriageKeys(actions);

  return (
    <div className="flex flex-col gap-3 pt-3 lg:h-[calc(100dvh-72px)] lg:flex-row">
      <div className={`min-h-0 flex-col gap-2 lg:flex lg:w-[400px] lg:shrink-0 2xl:w-[460px] ${id ? "hidden" : "flex"}`}>
        <FilterBar />
        <Loaded query={query} skeleton={<div className="skeleton h-96" />}>
          {() =>
            incidents.length === 0 ? (
              <div className="panel">
                <NoIncidents isFiltered={isFiltered(filters)} />
              </div>
            ) : (
              <IncidentList incidents={incidents} selected={id} onSelect={actions.select} hasMore={query.hasNextPage} isLoadingMore={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
            )
          }
        </Loaded>
        <p className="hidden text-[12px] text-muted lg:block">
          <kbd>j</kbd> next · <kbd>k</kbd> previous · <kbd>Enter</kbd> open · <kbd>Esc</kbd> back
        </p>
      </div>
      {/* Stays while incidents come and go in it, so that the focus that "Enter" gave it is not lost with the next one. */}
      <section id="incident" aria-label="Chosen incident" tabIndex={-1} className={`min-w-0 flex-1 lg:block lg:overflow-y-auto lg:pb-4 ${id ? "" : "hidden"}`}>
        {id ? <IncidentDetail key={id} id={id} onBack={actions.back} /> : <div className="panel"><Notice title="Choose an incident">It shows who did what, why Vedette thinks so, and the requests that prove it.</Notice></div>}
      </section>
    </div>
  );
}
