import { describe, expect, test } from "vitest";
import { formatBytes, formatChance, formatCompact, formatMs, formatNumber, formatShare, plural } from "./number";

describe("numbers", () => {
  test.each([[0, "0%"], [0.004, "0.40%"], [0.00001, "<0.01%"], [0.123, "12.3%"], [0.5, "50%"], [1, "100%"], [null, "–"], [Number.NaN, "–"]])("a share of %s reads %s", (value, text) => expect(formatShare(value)).toBe(text));
  test.each([[0.4, "0.4 ms"], [38.2, "38 ms"], [1_234, "1.23 s"], [null, "–"]])("%s milliseconds read %s", (value, text) => expect(formatMs(value)).toBe(text));
  test.each([[512, "512 B"], [1536, "1.5 KiB"], [734_003_200, "700 MiB"]])("%s bytes read %s", (value, text) => expect(formatBytes(value)).toBe(text));
  test.each([[0.0061, "<1%"], [0, "0%"], [0.7, "70%"], [null, "–"]])("a chance of %s reads %s", (value, text) => expect(formatChance(value)).toBe(text));
  test("small numbers are shown in full, large ones shortened", () => {
    expect(formatCompact(9_999)).toBe("9,999");
    expect(formatCompact(1_680_000)).toBe("1.68M");
  });
  test("a number keeps the digits that matter", () => {
    expect(formatNumber(0.0421)).toBe("0.042");
    expect(formatNumber(1203.7)).toBe("1,204");
    expect(formatNumber(Infinity)).toBe("–");
  });
  test("one takes the singular", () => {
    expect(plural(1, "anomaly", "anomalies")).toBe("1 anomaly");
    expect(plural(2, "anomaly", "anomalies")).toBe("2 anomalies");
  });
});
