import { formatClock, formatClockSeconds, formatDay, type Zone } from "@/shared/format/time";

/** The least round number (of few digits) that is not below `value`. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  for (const factor of [1, 1.5, 2, 3, 4, 5, 6, 8, 10]) if (factor * power >= value * 0.999999) return factor * power;
  return 10 * power;
}

const steps = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 3 * 3600, 6 * 3600, 12 * 3600, 86400, 2 * 86400, 7 * 86400, 14 * 86400, 30 * 86400].map((seconds) => seconds * 1000);

export interface Tick {
  at: number;
  label: string;
}

/** About `most` round times between two instants, labelled by clock, or by day where the span is long. */
export function timeTicks(from: number, to: number, most: number, zone: Zone): Tick[] {
  const step = steps.find((candidate) => (to - from) / candidate <= Math.max(2, most)) ?? (to - from) / Math.max(2, most);
  const shift = zone === "utc" || step < 3_600_000 ? 0 : new Date(from).getTimezoneOffset() * 60_000;
  const ticks: Tick[] = [];
  for (let at = Math.ceil((from - shift) / step) * step + shift; at <= to; at += step) ticks.push({ at, label: tickLabel(at, step, zone) });
  return ticks;
}

function tickLabel(at: number, step: number, zone: Zone): string {
  if (step >= 86_400_000) return formatDay(at, zone);
  const clock = step < 60_000 ? formatClockSeconds(at, zone) : formatClock(at, zone);
  return clock === "00:00" ? formatDay(at, zone) : clock;
}

/** Points of a line; a null breaks it. */
export function linePath(values: readonly (number | null)[], x: (index: number) => number, y: (value: number) => number): string {
  let path = "";
  let isDrawing = false;
  values.forEach((value, index) => {
    if (value === null || !Number.isFinite(value)) {
      isDrawing = false;
      return;
    }
    path += `${isDrawing ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    isDrawing = true;
  });
  return path;
}

/** How much of the last step, as long as those before, has passed, in [0, 1]. */
export function passedShare(times: readonly string[], now: number): number {
  const [before, last] = times.slice(-2).map((time) => Date.parse(time));
  return before === undefined || last === undefined ? 1 : Math.max(0, Math.min(1, (now - last) / (last - before)));
}

/** The area between a line and the bottom; gaps count as zero. */
export function areaPath(values: readonly (number | null)[], x: (index: number) => number, y: (value: number) => number): string {
  if (values.length === 0) return "";
  const top = values.map((value, index) => `${x(index).toFixed(1)} ${y(value ?? 0).toFixed(1)}`).join("L");
  return `M${x(0).toFixed(1)} ${y(0).toFixed(1)}L${top}L${x(values.length - 1).toFixed(1)} ${y(0).toFixed(1)}Z`;
}
