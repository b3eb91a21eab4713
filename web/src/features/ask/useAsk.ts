import { useQuery } from "@tanstack/react-query";
import { request } from "@/shared/api/client";

export interface Chip {
  field: string;
  operator: string;
  value: string;
  label: string;
}

export type ColumnType = "text" | "number" | "time" | "percent" | "ms" | "bytes" | "endpoint" | "ip" | "incident";

/** How a question was understood, and its answer as a table. */
export interface Answer {
  query: string;
  interpretation: { sentence: string; chips: Chip[]; not_understood: string[]; suggestions: string[]; filter: string };
  columns: { name: string; label: string; type: ColumnType }[];
  rows: (string | number | null)[][];
}

/** Asks a question in words; `filter`, if given, stands in place of what was understood of it. */
export function useAsk(question: string, filter: string) {
  return useQuery({
    queryKey: ["ask", question, filter],
    queryFn: ({ signal }) => request<Answer>("/api/admin/query", { method: "POST", body: filter ? { query: question, filter } : { query: question }, signal }),
    enabled: question !== "" || filter !== "",
    staleTime: 30_000,
  });
}
