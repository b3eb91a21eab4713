import { useQuery } from "@tanstack/react-query";
import { request } from "@/shared/api/client";
import type { ModelStatus } from "@/shared/api/status";

/** A trained set of models. `drift.score` and PSI: below 0.1 as trained, above 0.25 clearly different. */
export interface ModelVersion {
  version: string;
  created_at: string | null;
  active: boolean;
  parent: string | null;
  /** By model, and for the `consensus` of all. */
  metrics: Record<string, Record<string, number>>;
  training: { events: number; from: string | null; to: string | null; seed: number };
  drift: { score: number; features: { name: string; psi: number }[] } | null;
  importance: { name: string; share: number }[];
}

export interface Models {
  active: string | null;
  items: ModelVersion[];
  models: ModelStatus[];
}

export function useModels() {
  return useQuery({ queryKey: ["models"], queryFn: ({ signal }) => request<Models>("/api/models", { signal }), refetchInterval: 30_000 });
}
