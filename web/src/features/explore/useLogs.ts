import { useMemo, useState, useSyncExternalStore } from "react";
import type { TimeRange } from "@/shared/time/range";
import { loadLogs, type LogFilters, type LogRow } from "./logs";
import { RowWindow, type WindowState } from "./RowWindow";

/** The requests that pass the filters, however many; `refresh` begins again at the newest. */
export function useLogs(range: TimeRange, filters: LogFilters): { rows: RowWindow<LogRow>; state: WindowState; refresh: () => void; openedAt: number } {
  const [openedAt, setOpenedAt] = useState(() => Date.now());
  const key = JSON.stringify(filters);
  const rows = useMemo(() => new RowWindow<LogRow>(loadLogs(range, JSON.parse(key) as LogFilters, openedAt)), [range, key, openedAt]);
  const state = useSyncExternalStore(rows.subscribe, () => rows.state);
  return { rows, state, refresh: () => setOpenedAt(Date.now()), openedAt };
}
