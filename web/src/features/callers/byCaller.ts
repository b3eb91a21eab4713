import type { AnomalyItem } from "@/shared/api/traffic";

/** The strangest minute of a caller, and how many more there are. */
export interface CallerAnomalies {
  worst: AnomalyItem;
  more: number;
  /** The earliest of them. */
  since: string;
}

/** One entry for each caller in the order of its newest minute: a program that does the same every minute is one thing to look at. */
export function byCaller(items: readonly AnomalyItem[]): CallerAnomalies[] {
  const callers = new Map<string, CallerAnomalies>();
  for (const item of items) {
    const key = `${item.actor.kind} ${item.actor.value}`;
    const known = callers.get(key);
    if (!known) callers.set(key, { worst: item, more: 0, since: item.time });
    else callers.set(key, { worst: item.risk > known.worst.risk ? item : known.worst, more: known.more + 1, since: item.time < known.since ? item.time : known.since });
  }
  return [...callers.values()];
}
