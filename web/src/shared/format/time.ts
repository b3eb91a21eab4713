export type Zone = "utc" | "local";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: Zone, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${name}`;
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat("en-GB", { ...options, hourCycle: "h23", timeZone: zone === "utc" ? "UTC" : undefined });
    formats.set(key, known);
  }
  return known;
}

const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
const day: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };

function valid(time: string | number | Date): Date | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** 02:41 */
export function formatClock(time: string | number | Date, zone: Zone): string {
  const date = valid(time);
  return date ? format(zone, "clock", clock).format(date) : "–";
}

/** 02:41:07 */
export function formatClockSeconds(time: string | number | Date, zone: Zone): string {
  const date = valid(time);
  return date ? format(zone, "seconds", { ...clock, second: "2-digit" }).format(date) : "–";
}

/** 21 Nov */
export function formatDay(time: string | number | Date, zone: Zone): string {
  const date = valid(time);
  return date ? format(zone, "day", day).format(date) : "–";
}

/** 21 Nov, 02:41:07 */
export function formatDateTime(time: string | number | Date, zone: Zone): string {
  const date = valid(time);
  return date ? format(zone, "both", { ...day, ...clock, second: "2-digit" }).format(date) : "–";
}

/** 21 Nov 2026, 02:41: for what may be years old. */
export function formatDated(time: string | number | Date, zone: Zone): string {
  const date = valid(time);
  return date ? format(zone, "dated", { ...day, year: "numeric", ...clock }).format(date) : "–";
}

/** 21 November 2026, 02:41:07.123 UTC: everything, for a hover. */
export function formatExact(time: string | number | Date, zone: Zone): string {
  const date = valid(time);
  if (!date) return "–";
  return format(zone, "exact", { day: "numeric", month: "long", year: "numeric", ...clock, second: "2-digit", fractionalSecondDigits: 3, timeZoneName: "short" }).format(date);
}

/** A length of time in its largest fitting unit: 40 s, 19 min, 2 h 10 min, 3 d. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  // Minutes say nothing any more beside so many hours.
  if (minutes >= 10 * 60 && minutes < 48 * 60) return `${Math.round(minutes / 60)} h`;
  if (minutes < 10 * 60) return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? "" : ` ${minutes % 60} min`}`;
  return `${Math.round(minutes / 1440)} d`;
}

/** 40 s ago, 3 d ago; "in 5 min" for what lies ahead. */
export function formatAgo(time: string | number | Date, now: number): string {
  const date = valid(time);
  if (!date) return "–";
  const passed = now - date.getTime();
  if (Math.abs(passed) < 5_000) return "now";
  return passed < 0 ? `in ${formatDuration(-passed)}` : `${formatDuration(passed)} ago`;
}
