import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ApiProblem } from "@/shared/api/problem";
import { Loaded } from "./Loaded";

function Page({ load }: { load: () => Promise<string> }) {
  const query = useQuery({ queryKey: ["x"], queryFn: load });
  return <Loaded query={query}>{(text) => <p>{text}</p>}</Loaded>;
}

const show = (load: () => Promise<string>) => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<QueryClientProvider client={client}><Page load={load} /></QueryClientProvider>);
  return client;
};

afterEach(() => vi.useRealTimers());

test("where the answer is long in coming it says so, and what to do", () => {
  vi.useFakeTimers();
  show(() => new Promise(() => {}));
  expect(screen.getByRole("status").textContent).not.toContain("has not answered");
  act(() => vi.advanceTimersByTime(5_000));
  expect(screen.getByRole("status").textContent).toMatch(/has not answered yet.*shorter time range/);
});

test("while it loads it says so", () => {
  show(() => new Promise(() => {}));
  expect(screen.getByRole("status").textContent).toContain("Loading");
});

test.each([
  ["unreachable", /does not answer/, /vedette doctor/],
  ["slow", /slow to answer/, /shorter time range/],
  ["forbidden", /role may not/, /administrator/],
  ["busy", /no room/, /by itself/],
] as const)("%s is explained, with what to do", async (kind, title, advice) => {
  show(() => Promise.reject(new ApiProblem(kind, "x", "")));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toMatch(title);
  expect(alert.textContent).toMatch(advice);
});

test("old data stays, marked as old, when asking again fails", async () => {
  let isDown = false;
  const client = show(() => (isDown ? Promise.reject(new ApiProblem("unreachable", "x", "")) : Promise.resolve("the data")));
  await screen.findByText("the data");
  isDown = true;
  await act(() => client.refetchQueries());
  expect((await screen.findByRole("status")).textContent).toMatch(/Shown as of/);
  expect(screen.getByText("the data")).toBeTruthy();
});
