import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { parseRange, type TimeRange } from "./range";

/** The range in the address bar. */
export function useTimeRange(): TimeRange {
  const [search] = useSearchParams();
  return useMemo(() => parseRange(search), [search]);
}
