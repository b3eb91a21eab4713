import { expect, test } from "vitest";
import { clip, visible } from "./text";

test("what would reorder or hide text becomes visible", () => {
  expect(visible("user\u202egnp.exe")).toBe("user\\u{202e}gnp.exe");
  expect(visible("a\u0000b\u001b[2Jc\r\nd")).toBe("a\\x00b\\x1b[2Jc\\x0d\\x0ad");
  expect(visible("zero\u200bwidth\ufeff")).toBe("zero\\u{200b}width\\u{feff}");
});

test("a lone half of a surrogate pair is shown, a whole one is left alone", () => {
  expect(visible("\ud800x")).toBe("\\u{d800}x");
  expect(visible("ok \u{1f512}")).toBe("ok \u{1f512}");
});

test("ordinary text in any script stays as it is", () => {
  expect(visible("O'Brien – Ærø – 東京 – مرحبا")).toBe("O'Brien – Ærø – 東京 – مرحبا");
});

test("a long text is cut with a mark", () => expect(clip("abcdef", 4)).toBe("abc…"));
