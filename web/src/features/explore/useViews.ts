import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "@/shared/api/client";

/** Filters somebody gave a name; shared by all who use this server. */
export interface SavedView {
  name: string;
  page: string;
  query: string;
}

export function useViews() {
  return useQuery({ queryKey: ["views"], queryFn: ({ signal }) => request<{ items: SavedView[] }>("/api/views", { signal }) });
}

/** Replaces the saved views. */
export function useSaveViews() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (items: SavedView[]) => request<unknown>("/api/views", { method: "PUT", body: { items } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["views"] }),
  });
}
