import { expect, test } from "vitest";
import { areaPath, passedShare, linePath, niceCeiling, timeTicks } from "./scale";

test.each([[0, 1], [1, 1], [1.2, 1.5], [33_000, 40_000], [0.07, 0.08], [99, 100]])("the axis for %s ends at %s", (value, end) => expect(niceCeiling(value)).toBeCloseTo(end));

test("ticks stand at round times within the span", () => {
  const from = Date.parse("2026-11-21T00:07:00Z");
  const ticks = timeTicks(from, from + 6 * 3_600_000, 6, "utc");
  expect(ticks.map((tick) => tick.label)).toEqual(["01:00", "02:00", "03:00", "04:00", "05:00", "06:00"]);
});

test("there are never more ticks than fit, over a second or over years", () => {
  for (const span of [1_000, 60_000, 3_600_000, 86_400_000, 400 * 86_400_000]) expect(timeTicks(0, span, 8, "utc").length).toBeLessThanOrEqual(10);
});

test("a gap breaks the line instead of bridging it", () => {
  expect(linePath([1, null, 2], (i) => i, (v) => v)).toBe("M0.0 1.0M2.0 2.0");
  expect(areaPath([], (i) => i, (v) => v)).toBe("");
});

test("of the last step as much has passed as of a step like the one before", () => {
  const times = ["2026-03-11T03:00:00Z", "2026-03-11T03:30:00Z"];
  expect(passedShare(times, Date.parse("2026-03-11T03:45:00Z"))).toBe(0.5);
  expect(passedShare(times, Date.parse("2026-03-11T04:00:00Z"))).toBe(1);
  expect(passedShare(times, Date.parse("2026-03-11T03:29:00Z"))).toBe(0);
  expect(passedShare(times.slice(0, 1), 0)).toBe(1);
});
