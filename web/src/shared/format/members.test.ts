import { describe, expect, test } from "vitest";
import { memberCount, moreMembers } from "./members";

describe("members of an incident", () => {
  test.each([[1, "1 member"], [999, "999 members"], [1_000, "1,000 or more members"]])("%i are called %s", (count, text) => expect(memberCount(count)).toBe(text));
  test.each([[40, ""], [52, " and 12 more"], [1_000, " and at least 960 more"]])("of %i the first forty leave “%s”", (count, text) => expect(moreMembers(count, 40)).toBe(text));
});
