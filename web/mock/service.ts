import type { ModelStatus, Status } from "../src/shared/api/status";

const names = ["signatures", "isolation_forest", "one_class_svm", "local_outlier_factor", "random_forest", "xgboost", "lightgbm", "gradient_boosting", "dense", "lstm", "transformer", "kmeans", "dbscan"];
const weights: Record<string, number> = { signatures: 0.8, isolation_forest: 0.117, one_class_svm: 0.117, local_outlier_factor: 0.116, random_forest: 0.125, xgboost: 0.125, lightgbm: 0.125, gradient_boosting: 0.125, dense: 0.05, lstm: 0.05, transformer: 0.05, kmeans: 0, dbscan: 0 };

export function makeModels(isReady: boolean): ModelStatus[] {
  return names.map((name, index) => ({
    name, ready: isReady || name === "signatures", version: isReady || name === "signatures" ? "v7" : null, weight: weights[name] ?? 0,
    metrics: isReady && index > 0 && index < 11 ? { precision: 0.93 - index * 0.011, recall: 0.89 - index * 0.013, f1: 0.91 - index * 0.012, auc: 0.985 - index * 0.006 } : null,
  }));
}

export function makeStatus(now: number, phase: Status["phase"]): Status {
  const isReady = phase === "ensemble" || phase === "waiting";
  return {
    phase, logs_processed: isReady ? 4_812_331 : 21_480, warmup_target: 50_000, warmup_complete: isReady, training_in_progress: phase === "training", vocabulary_size: 212, training_sequences: 18_200, iso_training_samples: 50_000,
    isolation_forest_ready: isReady, transformer_ready: isReady, active_models: isReady ? names : ["signatures"], models: makeModels(isReady), version: "0.1.0", started_at: new Date(now - 3 * 86_400_000).toISOString(),
    store: { kind: "sqlite", version: "3.40.1", size_bytes: 734_003_200 },
    sources: [
      { name: "POST /logs", kind: "http", events: 4_100_200, last_event: new Date(now - 800).toISOString(), rejected: 12, problem: null },
      { name: "OTLP", kind: "otlp", events: 712_131, last_event: new Date(now - 4_000).toISOString(), rejected: 0, problem: null },
      { name: "/var/log/nginx/access.log", kind: "file", events: 0, last_event: null, rejected: 0, problem: "The file cannot be read: permission denied. Add the user vedette to the group adm." },
    ],
    events: { received: 4_812_343, analysed: 4_812_331, deferred: 0, rejected: 12, lag_seconds: 0.4 }, callers_tracked: 18_220, alert_budget: { per_day: 1, left: 0.7 },
  };
}

export const settings = {
  settings: { Risk: { Medium: 40, High: 60, Critical: 80, AlertsPerDay: 1 }, Incidents: { IdleMinutes: 60, MaxKept: 10000, MinAlike: 4 }, Storage: { Url: "sqlite:./data", MaxAge: "30.00:00:00", MaxBytes: 10737418240 }, Server: { Port: 8080, ReplayHours: 24, TrustForwarded: true }, Allow: ["198.51.100.7"] },
  origins: { "Risk:AlertsPerDay": "vedette.json", "Server:Port": "PORT", "Storage:Url": "vedette.json" } as Record<string, string>,
  writable: ["Risk:Medium", "Risk:High", "Risk:Critical", "Risk:AlertsPerDay", "Incidents:IdleMinutes", "Storage:MaxAge"],
};
