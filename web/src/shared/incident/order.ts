import type { Incident, Level } from "@/shared/api/incident";

export const levels: readonly Level[] = ["CRITICAL", "HIGH", "MEDIUM", "LOW"];

/** Level of a risk of 0 to 100, by the thresholds that hold unless set otherwise; for colors only. */
export function levelOf(risk: number): Level {
  return risk >= 80 ? "CRITICAL" : risk >= 60 ? "HIGH" : risk >= 40 ? "MEDIUM" : "LOW";
}

/** 3 for CRITICAL down to 0 for LOW. */
export function severity(level: Level): number {
  return levels.length - 1 - levels.indexOf(level);
}

const activeMs = 15 * 60_000;

/** True while news of the incident is at most a quarter of an hour old. */
export function isActive(incident: Incident, now: number): boolean {
  return now - new Date(incident.last_seen).getTime() <= activeMs;
}

/** The gravest first, then the latest. */
export function byGravity(a: Incident, b: Incident): number {
  return b.risk - a.risk || b.last_seen.localeCompare(a.last_seen);
}
