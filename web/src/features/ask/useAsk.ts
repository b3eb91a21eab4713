import { useQuery } from "@tanstack/react-query";
import { request } from "@/shared/api/client";

export interface Chip {
  field: string;
  operator: string;
  value: string;
  label: string;
}

export type ColumnType = "text" | "number" | "time" | "percent" | "ms" | "endpoint" | "ip" | "incident";

/** How a question was understood, and its answer as a table. */
export interface Answer {
  query: string;
  interpretation: { sentence: string; chips: Chip[]; not_understood: string[]; suggestions: string[]; filter: string };
  columns: { name: string; label: string; type: ColumnType }[];
  rows: (string | number | null)[][];
}

export function useAsk(question: string) {
  return useQuery({
    queryKey: ["ask", question],
    queryFn: ({ signal }) => request<Answer>("/api/admin/query", { method: "POST", body: { query: question }, signal }),
    enabled: question !== "",
    staleTime: 30_000,
  });
}
