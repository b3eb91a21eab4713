import { formatDateTime, type Zone } from "@/shared/format/time";

interface Bucket {
  time: string;
  requests: number;
}

/** Index of the step to begin a chart with: the one before the first traffic, so that a young store does not show an empty plain. */
export function firstTraffic(buckets: readonly Bucket[]): number {
  const first = buckets.findIndex((bucket) => bucket.requests > 0);
  return Math.max(0, first - 1);
}

/** Says what was left out at the beginning; empty where nothing was. */
export function silenceNote(buckets: readonly Bucket[], zone: Zone): string {
  const first = firstTraffic(buckets);
  return first === 0 ? "" : `No traffic before ${formatDateTime(buckets[first + 1]?.time ?? "", zone)}.`;
}
