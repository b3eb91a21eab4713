import type { Incident } from "@/shared/api/incident";
import type { components } from "@/shared/api/schema";
import type { Status } from "@/shared/api/status";
import type { AnomalyItem, CallerRow, EndpointRow, TrafficBucket } from "@/shared/api/traffic";
import type { Stats } from "@/shared/api/useStats";
import type { CallerDetail } from "@/features/callers/useCaller";
import type { EndpointDetail } from "@/features/endpoints/useEndpoint";
import type { LogRow } from "@/features/explore/logs";
import type { SavedView } from "@/features/explore/useViews";
import type { IncidentDetail } from "@/features/incidents/useIncident";
import type { Models } from "@/features/models/useModels";
import type { AuditEntry } from "@/features/settings/useAudit";
import type { Key } from "@/features/settings/useKeys";
import type { Session } from "@/shared/session/session";

type Schemas = components["schemas"];

/** A shape without null and undefined: whether a value may be absent is the application's own care. */
type Bare<T> = T extends readonly (infer U)[] ? Bare<U>[] : T extends object ? { [K in keyof T]-?: Bare<NonNullable<T[K]>> } : T;
type Part<T> = T extends readonly (infer U)[] ? Part<U>[] : T extends object ? { [K in keyof T]?: Part<T[K]> } : T;

/** `true` if the server's document has every field we read, in a type ours is a narrower form of; else what is wrong. */
type Conforms<Ours, Theirs> = [Exclude<keyof Ours, keyof Theirs>] extends [never] ? (Bare<Ours> extends Part<Bare<Theirs>> ? true : { differs: true }) : { missing: Exclude<keyof Ours, keyof Theirs> };

/** Fails to compile when the API's document (`npm run api`) no longer gives what the application reads. */
export const conformity: {
  incident: Conforms<Incident, Schemas["IncidentRow"]>;
  incidentDetail: Conforms<IncidentDetail, Schemas["IncidentDetail"]>;
  anomaly: Conforms<Omit<AnomalyItem, "features">, Schemas["AnomalyRow"]>;
  traffic: Conforms<TrafficBucket, Schemas["TrafficPoint"]>;
  endpoint: Conforms<EndpointRow, Schemas["EndpointRow"]>;
  endpointDetail: Conforms<EndpointDetail, Schemas["EndpointAnalytics"]>;
  caller: Conforms<CallerRow, Schemas["CallerRow"]>;
  callerDetail: Conforms<Omit<CallerDetail, "anomalies">, Schemas["CallerProfile"]>;
  stats: Conforms<Stats, Schemas["StatsDocument"]>;
  status: Conforms<Status, Schemas["StatusDocument"]>;
  models: Conforms<Models, Schemas["ModelList"]>;
  log: Conforms<LogRow, Schemas["StoredEvent"]>;
  key: Conforms<Key, Schemas["KeyRow"]>;
  audit: Conforms<AuditEntry, Schemas["AuditRecord"]>;
  view: Conforms<SavedView, Schemas["SavedView"]>;
  session: Conforms<Session, Schemas["SessionState"]>;
} = {
  incident: true, incidentDetail: true, anomaly: true, traffic: true, endpoint: true, endpointDetail: true, caller: true, callerDetail: true, stats: true, status: true, models: true, log: true, key: true, audit: true, view: true, session: true,
};
