const hints: Record<string, string> = {
  "Risk:Medium": "Lowest risk that counts as medium.",
  "Risk:High": "Lowest risk that counts as high; toasts begin here.",
  "Risk:Critical": "Lowest risk that counts as critical.",
  "Risk:AlertsPerDay": "False alarms you accept a day. Detection thresholds follow from it and from your own traffic.",
  "Incidents:IdleMinutes": "Minutes without news after which an incident is over.",
  "Incidents:NoiseIdleMinutes": "The same for programs of whose attempts none got through: they come back all day.",
  "Incidents:MinAlike": "Addresses with the same user agent and conduct that become one distributed incident.",
  "Incidents:MaxKept": "Closed incidents kept in memory; beyond, the least risky is dropped.",
  "Storage:Url": "Where events are kept. A password in it is masked.",
  "Storage:MaxAge": "Events older than this are deleted, day by day.",
  "Storage:MaxBytes": "The oldest days are deleted when the store grows beyond this.",
  "Server:ReplayHours": "Hours of stored events read again at start, so that baselines survive a restart.",
  "Enforcement:Mode": "Whether incidents become bans and throttles: Off makes none, DryRun lists them without handing them out, On hands them to bouncers and middleware.",
  Allow: "Addresses and networks whose requests are neither judged nor learnt from.",
};

/** What a setting does, or null if its name says it. */
export function settingHint(path: string): string | null {
  return Object.hasOwn(hints, path) ? (hints[path] ?? null) : null;
}
