export type Phase = "warmup" | "training" | "ensemble" | "waiting";

export interface ModelStatus {
  name: string;
  ready: boolean;
  version: string | null;
  weight: number;
  metrics: Record<string, number> | null;
}

export interface SourceStatus {
  name: string;
  kind: string;
  events: number;
  last_event: string | null;
  rejected: number;
  problem: string | null;
}

/** True where a source needs somebody: nothing comes from it, or more than one line in a hundred cannot be read. */
export function isTroubled(source: SourceStatus): boolean {
  return source.problem !== null && (source.events === 0 || source.rejected > source.events / 100);
}

/** The state of the whole service. Fields older than this shape may be missing while a server starts. */
export interface Status {
  phase: Phase;
  logs_processed: number;
  warmup_target: number;
  warmup_complete: boolean;
  training_in_progress: boolean;
  vocabulary_size: number;
  training_sequences: number;
  iso_training_samples: number;
  isolation_forest_ready: boolean;
  transformer_ready: boolean;
  active_models: string[];
  models: ModelStatus[];
  version: string;
  started_at: string;
  store: { kind: string; version?: string | null; size_bytes: number | null; problem?: string | null };
  sources: SourceStatus[];
  events: { received: number; analysed: number; deferred: number; rejected: number; lag_seconds: number | null };
  callers_tracked: number;
  alert_budget: { per_day: number; left: number };
}
