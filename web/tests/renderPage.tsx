import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { vi } from "vitest";
import { answer } from "@mock/api";
import { createState, type MockState } from "@mock/state";
import { setCsrf } from "@/shared/api/client";
import { SessionContext, type Role } from "@/shared/session/session";

/** Lets `fetch` be answered by the mock API; returns its state. */
export function mockServer(change: Partial<MockState> = {}, isSignedIn = true): MockState {
  const state = createState(change);
  setCsrf("mock-csrf");
  vi.stubGlobal("fetch", (path: string, options: RequestInit) => {
    const headers = new Headers(options.headers);
    const body = typeof options.body === "string" ? (JSON.parse(options.body) as Record<string, unknown>) : {};
    const result = answer(state, options.method ?? "GET", new URL(path, "http://mock"), body, { csrf: headers.get("X-CSRF-Token") ?? undefined, cookie: isSignedIn ? `vedette=${state.session}` : undefined });
    return Promise.resolve(new Response(result.body === undefined ? null : JSON.stringify(result.body), { status: result.status }));
  });
  return state;
}

/** Renders a page at an address, as somebody of a role. */
export function renderPage(path: string, element: ReactNode, at: string, role: Role = "admin") {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter([{ path, element }, { path: "*", element: <p>elsewhere</p> }], { initialEntries: [at] });
  const view = render(
    <QueryClientProvider client={client}>
      <SessionContext value={{ signed_in: true, name: "test", role, csrf: "mock-csrf" }}>
        <RouterProvider router={router} />
      </SessionContext>
    </QueryClientProvider>,
  );
  return { ...view, router, client };
}
