import { expect, test } from "vitest";
import { readable } from "./readable";

test("features in an explanation get their names and units", () => {
  expect(readable("What stands out: refused_share 0.5 (usually 0), req_count 12 (usually 3).")).toBe("What stands out: refused 50% (usually 0%), requests in the window 12 (usually 3).");
});

test("doublings are told as multiples", () => {
  expect(readable("bytes_vs_peers -4 (usually 1)")).toBe("data against others 1/16 of the median (usually 2 × the median)");
});

test("other words stay as they are", () => {
  expect(readable("Far more requests than usual (12 of 13).")).toBe("Far more requests than usual (12 of 13).");
});
