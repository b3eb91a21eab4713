import type { TimeRow } from "./data";

/** Most steps that are drawn; the writer sends fewer, but a log with holes of years would make more. */
const most = 3_000;

/** The series with its holes filled by zeros, so that silence is drawn as silence. */
export function fillTimes(rows: readonly TimeRow[], step: number): TimeRow[] {
  const first = rows[0]?.[0];
  const last = rows.at(-1)?.[0];
  if (first === undefined || last === undefined || (last - first) / step > most) return [...rows];
  const known = new Map(rows.map((row) => [row[0], row]));
  const filled: TimeRow[] = [];
  for (let at = first; at <= last; at += step) filled.push(known.get(at) ?? [at, 0, 0, 0, 0]);
  return filled;
}
