import { expect, test } from "vitest";
import { kindOf } from "./CallerSearch";

test.each(["203.0.113.9", "2001:db8::1", "2001:db8:9c1::/64", "::1"])("%s is an address", (text) => expect(kindOf(text)).toBe("ip"));
test.each(["emma.baker1646", "jo'conner", "a:b@c", "203.0.113"])("%s is a user", (text) => expect(kindOf(text)).toBe("user"));
