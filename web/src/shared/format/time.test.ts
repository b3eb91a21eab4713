import { describe, expect, test } from "vitest";
import { formatAgo, formatClockSeconds, formatDateTime, formatDuration } from "./time";

describe("times", () => {
  const time = "2026-11-21T02:41:07.123Z";
  test("UTC is UTC wherever one is", () => {
    expect(formatClockSeconds(time, "utc")).toBe("02:41:07");
    expect(formatDateTime(time, "utc")).toBe("21 Nov, 02:41:07");
  });
  test("midnight is 00, not 24", () => expect(formatClockSeconds("2026-11-21T00:00:00Z", "utc")).toBe("00:00:00"));
  test("what is no time is a dash", () => expect(formatDateTime("yesterday-ish", "utc")).toBe("–"));
  test.each([[40_000, "40 s"], [19 * 60_000, "19 min"], [130 * 60_000, "2 h 10 min"], [120 * 60_000, "2 h"], [1_445 * 60_000, "24 h"], [3 * 86_400_000, "3 d"]])("%s ms last %s", (ms, text) => expect(formatDuration(ms)).toBe(text));
  test("the past is ago, the future is in", () => {
    const now = Date.parse(time);
    expect(formatAgo(now - 3 * 60_000, now)).toBe("3 min ago");
    expect(formatAgo(now + 10 * 60_000, now)).toBe("in 10 min");
    expect(formatAgo(now - 1_000, now)).toBe("now");
  });
});
