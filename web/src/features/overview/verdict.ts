import type { Incident } from "@/shared/api/incident";
import type { Status } from "@/shared/api/status";
import { formatDuration } from "@/shared/format/time";
import { byGravity, isActive } from "@/shared/incident/order";

/** What somebody woken at night reads first. */
export interface VerdictText {
  look: "bad" | "watch" | "good" | "wait";
  headline: string;
  detail: string;
  /** At most three, the gravest first. */
  incidents: Incident[];
  /** How many others there are, in words; empty if all are listed. */
  more: string;
}

const shown = 3;
const silentMs = 5 * 60_000;

/** When the last event came from any source; null if none has come since the start. */
function lastEvent(status: Status): number | null {
  const times = status.sources.flatMap((source) => (source.last_event ? [Date.parse(source.last_event)] : []));
  return times.length === 0 ? null : Math.max(...times);
}

function isJudgedHarmless(incident: Incident): boolean {
  return incident.verdict === "false_positive" || incident.verdict === "benign";
}

/** "and 4 more, 3 of them grave": with those listed it adds up to the headline. */
function restOf(rest: readonly Incident[]): string {
  if (rest.length === 0) return "";
  const grave = rest.filter((incident) => incident.risk >= 60).length;
  return `and ${rest.length} more, ${grave === 0 ? "none of them grave" : grave === rest.length ? (grave === 1 ? "grave too" : "all of them grave") : `${grave} of them grave`}`;
}

/** Whether something is wrong now, from the latest incidents and the state of the service. `hasMore`: there are older ones than those given. */
export function verdictOf(incidents: readonly Incident[], status: Status | undefined, now: number, isLive: boolean, hasMore = false): VerdictText {
  const open = incidents.filter((incident) => !isJudgedHarmless(incident)).sort(byGravity);
  const active = isLive ? open.filter((incident) => isActive(incident, now)) : open;
  const grave = active.filter((incident) => incident.risk >= 60);
  const list = { incidents: active.slice(0, shown), more: restOf(active.slice(shown)) };
  const word = isLive ? "going on now" : "in this time";
  if (grave.length > 0) return { look: "bad", headline: grave.length === 1 ? `One grave incident ${word}` : `${grave.length} grave incidents ${word}`, detail: "", ...list };
  if (active.length > 0) return { look: "watch", headline: active.length === 1 ? `One thing to look at ${word}` : `${active.length} things to look at ${word}`, detail: "None of them is grave.", ...list };
  if (status && status.events.received === 0 && status.logs_processed === 0)
    return { look: "wait", headline: "No traffic has come yet", detail: "Send it logs or spans, or let it follow a file.", incidents: [], more: "" };
  const last = status && isLive ? lastEvent(status) : null;
  if (last !== null && now - last > silentMs)
    return { look: "watch", headline: `Nothing has come for ${formatDuration(now - last)}`, detail: "No attack is seen where no traffic is: check what sends the logs.", incidents: [], more: "" };
  if (status?.store.problem) return { look: "watch", headline: "The store is in trouble", detail: status.store.problem, incidents: [], more: "" };
  const earlier = open.length === 0 ? "Nothing of medium risk or above in this time either." : `${open.length === 1 ? "One incident" : `${hasMore ? `More than ${open.length}` : open.length} incidents`} earlier in this time.`;
  return { look: "good", headline: isLive ? "Nothing is wrong right now" : "Nothing was wrong in this time", detail: isLive ? earlier : "No incident of medium risk or above.", incidents: [], more: "" };
}
