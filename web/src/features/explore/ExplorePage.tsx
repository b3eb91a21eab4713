import { useState } from "react";
import { useSearchParams } from "react-router";
import { plural } from "@/shared/format/number";
import { useTimeRange } from "@/shared/time/useTimeRange";
import { Button } from "@/shared/ui/Button";
import { TimeText } from "@/shared/ui/TimeText";
import { LogDetail } from "./LogDetail";
import { LogFilterBar } from "./LogFilterBar";
import { LogList } from "./LogList";
import { readLogFilters, type LogRow } from "./logs";
import { SavedViews } from "./SavedViews";
import { useLogs } from "./useLogs";

/** All stored requests, with filters; scrolls through millions of rows. */
export function ExplorePage() {
  const range = useTimeRange();
  const [search] = useSearchParams();
  const filters = readLogFilters(search);
  const { rows, state, refresh, openedAt } = useLogs(range, filters);
  const [opened, setOpened] = useState<LogRow | null>(null);
  return (
    <div className="flex h-[calc(100dvh-72px-56px)] flex-col gap-2.5 pt-3 md:h-[calc(100dvh-72px)]">
      <LogFilterBar />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-muted">
        <span role="status">
          {state.count === 0 && state.hasMore ? "Requests" : `${plural(state.count, "request")}${state.hasMore ? " and more" : ""}`}, as of <TimeText time={openedAt} look="clock" />
        </span>
        <Button look="quiet" onClick={refresh}>Show newer</Button>
        <span className="ml-auto"><SavedViews /></span>
      </div>
      <LogList key={openedAt + JSON.stringify(filters) + range.key} rows={rows} state={state} isFiltered={Object.values(filters).some(Boolean)} onOpen={setOpened} />
      {opened && <LogDetail row={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
