/** A span of time that pages show: the last hours, moving on, or a fixed one. */
export interface TimeRange {
  /** Stands for the range in query keys and in the address bar. */
  key: string;
  /** Moves on with the clock. */
  isLive: boolean;
  /** Length in milliseconds. */
  lengthMs: number;
  /** First instant of a fixed range. */
  from?: string;
  /** First instant after a fixed range. */
  to?: string;
}

export const presets = [
  { key: "15m", label: "15 min", ms: 15 * 60_000 },
  { key: "1h", label: "1 hour", ms: 3_600_000 },
  { key: "6h", label: "6 hours", ms: 6 * 3_600_000 },
  { key: "24h", label: "24 hours", ms: 24 * 3_600_000 },
  { key: "7d", label: "7 days", ms: 7 * 24 * 3_600_000 },
  { key: "30d", label: "30 days", ms: 30 * 24 * 3_600_000 },
] as const;

const standard = presets[3];

/** Reads `range=24h`, or `from` and `to`, from an address; anything unreadable is the last 24 hours. */
export function parseRange(search: URLSearchParams): TimeRange {
  const from = new Date(search.get("from") ?? "");
  const to = new Date(search.get("to") ?? "");
  if (from.getTime() < to.getTime()) {
    return { key: `${from.toISOString()}/${to.toISOString()}`, isLive: false, lengthMs: to.getTime() - from.getTime(), from: from.toISOString(), to: to.toISOString() };
  }
  const preset = presets.find((entry) => entry.key === search.get("range")) ?? standard;
  return { key: preset.key, isLive: true, lengthMs: preset.ms };
}

/** `from` and `to` of a request made now. A moving range has no end, so that events of clocks running ahead are seen. */
export function rangeParams(range: TimeRange, now = Date.now()): { from: string; to?: string } {
  if (!range.isLive) return { from: range.from ?? "", to: range.to };
  return { from: new Date(now - range.lengthMs).toISOString() };
}

/** The address with another range and everything else kept. */
export function withRange(search: URLSearchParams, range: { preset: string } | { from: string; to: string }): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const name of ["range", "from", "to"]) next.delete(name);
  if ("preset" in range) {
    if (range.preset !== standard.key) next.set("range", range.preset);
  } else {
    next.set("from", range.from);
    next.set("to", range.to);
  }
  return next;
}
