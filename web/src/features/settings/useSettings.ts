import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/shared/api/client";

export type SettingValue = string | number | boolean | null | readonly SettingValue[] | { readonly [name: string]: SettingValue };

/** The configuration in force, where each value that is not a default came from, and what may be changed here. */
export interface SettingsDocument {
  settings: Record<string, SettingValue>;
  origins: Record<string, string>;
  writable: string[];
}

export function useSettings() {
  return useQuery({ queryKey: ["settings"], queryFn: ({ signal }) => request<SettingsDocument>("/api/settings", { signal }) });
}

/** Changes some values; the rest stays. */
export function useChangeSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Record<string, unknown>) => request<SettingsDocument>("/api/settings", { method: "PUT", body: change }),
    onSuccess: (document) => client.setQueryData(["settings"], document),
  });
}
