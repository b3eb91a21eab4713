import type { Incident } from "../src/shared/api/incident";
import { hostile } from "./hostile";
import raw from "./incidents.json" with { type: "json" };

const minute = 60_000;

function moved(incident: Incident, lastSeen: number): Incident {
  const by = lastSeen - Date.parse(incident.last_seen);
  const shift = (time: string) => new Date(Date.parse(time) + by).toISOString();
  return { ...incident, first_seen: shift(incident.first_seen), last_seen: shift(incident.last_seen), detected_at: shift(incident.detected_at), verdict: null };
}

/** Real findings of a scan, moved so that two go on now and the others lie in the past day. */
export function makeIncidents(now: number): Incident[] {
  const list = (raw as unknown as Incident[]).map((incident, index) => moved(incident, index < 2 ? now - (index * 3 + 0.3) * minute : now - (40 + index * index * 2) * minute));
  for (const index of [3, 7]) if (list[index]) list[index].verdict = "confirmed";
  if (list[5]) list[5].verdict = "false_positive";
  return list.sort((a, b) => b.last_seen.localeCompare(a.last_seen));
}

/** An incident whose every text comes from an attacker. */
export function makeHostileIncident(now: number): Incident {
  return {
    id: "inc-hostile",
    type: "xss",
    risk: 88,
    level: "CRITICAL",
    confidence: 0.97,
    actor: { kind: "user", value: hostile.html, members: [hostile.bidi, hostile.control, hostile.attribute] },
    endpoint: `/search/${hostile.attribute}`,
    first_seen: new Date(now - 9 * minute).toISOString(),
    last_seen: new Date(now - minute).toISOString(),
    detected_at: new Date(now - 8 * minute).toISOString(),
    events: 12,
    explanation: `Requests with scripts, last ${hostile.html} and ${hostile.template} and ${hostile.bidi}.`,
    drivers: [{ feature: hostile.html, value: 3, baseline: 0, contribution: 1 }, { feature: hostile.prototype, value: 1, baseline: 0.5, contribution: 0.1 }],
    models: { [hostile.html]: 0.9, signatures: 1 },
    also_seen: [hostile.html],
    evidence: [
      { line: 1, text: `203.0.113.5 - - [21/Nov/2026:02:41:07 +0000] "GET /search?q=${hostile.html} HTTP/1.1" 200 12 "${hostile.link}" "${hostile.control}"` },
      { line: 2, text: hostile.long },
      { line: 3, text: `GET /x'; rm -rf ~;\n echo ' HTTP/1.1` },
    ],
    owasp_api: ["API8:2023", hostile.html],
    mitre_attack: ["T1059.007", hostile.link],
    verdict: null,
  };
}
