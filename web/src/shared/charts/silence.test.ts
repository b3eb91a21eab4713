import { expect, test } from "vitest";
import { firstTraffic, silenceNote } from "./silence";

const buckets = (...requests: number[]) => requests.map((count, index) => ({ time: new Date(Date.UTC(2026, 0, 1, index)).toISOString(), requests: count }));

test("a chart begins one step before the first traffic, and says so", () => {
  expect(firstTraffic(buckets(0, 0, 0, 4, 0, 2))).toBe(2);
  expect(silenceNote(buckets(0, 0, 0, 4, 0, 2), "utc")).toContain("03:00");
});

test("traffic from the beginning on, or none at all, is shown whole", () => {
  expect(firstTraffic(buckets(1, 0, 4))).toBe(0);
  expect(firstTraffic(buckets(0, 4))).toBe(0);
  expect(firstTraffic(buckets(0, 0, 0))).toBe(0);
  expect(silenceNote(buckets(0, 0, 0), "utc")).toBe("");
});
