import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "@/shared/api/problem";

const passing = new Set(["unreachable", "slow", "busy", "broken"]);

/** Remembers answers for a short while, and repeats only what may succeed the next time. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        gcTime: 5 * 60_000,
        // The server is on this network, often on this machine: what the browser believes of the internet does not matter.
        networkMode: "always",
        retry: (count, error) => count < 1 && error instanceof ApiProblem && passing.has(error.kind),
        retryDelay: 1_000,
      },
      mutations: { networkMode: "always" },
    },
  });
}
