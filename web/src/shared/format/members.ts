import { formatCount, plural } from "./number";

/** Of an incident no more members are remembered than these. */
const most = 1_000;

/** "52 members"; of very many the number is a least one. */
export function memberCount(count: number): string {
  return count < most ? plural(count, "member") : `${formatCount(most)} or more members`;
}

/** " and 12 more", after the first so many of them; empty if all were shown. */
export function moreMembers(count: number, shown: number): string {
  if (count <= shown) return "";
  return ` and ${count < most ? "" : "at least "}${formatCount(count - shown)} more`;
}
