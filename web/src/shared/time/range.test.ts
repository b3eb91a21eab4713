import { expect, test } from "vitest";
import { parseRange, rangeParams, withRange } from "./range";

const now = Date.parse("2026-11-21T12:00:00Z");

test("without a range the last 24 hours are shown", () => {
  const range = parseRange(new URLSearchParams());
  expect(range).toMatchObject({ key: "24h", isLive: true });
  expect(rangeParams(range, now)).toEqual({ from: "2026-11-20T12:00:00.000Z" });
});

test("a fixed range stays where it is", () => {
  const range = parseRange(new URLSearchParams("from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z"));
  expect(range.isLive).toBe(false);
  expect(rangeParams(range, now)).toEqual({ from: "2026-11-01T00:00:00.000Z", to: "2026-11-02T00:00:00.000Z" });
});

test.each(["range=999y", "from=nonsense&to=more", "from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z"])("an unreadable range (%s) is the standard one", (text) => {
  expect(parseRange(new URLSearchParams(text)).key).toBe("24h");
});

test("choosing a range keeps the filters of the page", () => {
  const search = withRange(new URLSearchParams("type=xss&from=a&to=b"), { preset: "1h" });
  expect(search.toString()).toBe("type=xss&range=1h");
});
