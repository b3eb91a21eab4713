import { expect, test } from "vitest";
import type { Actor } from "@/shared/api/incident";
import { requestFilters } from "./AllRequests";

const about = (kind: Actor["kind"], value: string, endpoint: string | null = "/login") => requestFilters({ actor: { kind, value }, endpoint });

test("the requests of a caller are found by the caller, those of many by the endpoint", () => {
  expect(about("ip", "203.0.113.9")).toEqual({ client_ip: "203.0.113.9" });
  expect(about("user", "eve")).toEqual({ user: "eve" });
  expect(about("endpoint", "/pay")).toEqual({ endpoint: "/pay" });
  expect(about("distributed", "12 addresses")).toEqual({ endpoint: "/login" });
});

test("where no filter finds them there is no link", () => {
  expect(about("distributed", "12 addresses", null)).toBeNull();
  expect(about("session", "ab12")).toBeNull();
});
