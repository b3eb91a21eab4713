import type { Chip } from "./useAsk";

/** Signs that would read as the filter's own. */
function escape(value: string): string {
  return value.replaceAll("%", "%25").replaceAll("&", "%26").replaceAll("#", "%23").replaceAll("+", "%2B");
}

/** The conditions as the server's filter text, with one changed, or left out if `value` is empty. */
export function filterOf(chips: readonly Chip[], changed: number, value: string): string {
  return chips
    .map((chip, index) => ({ field: chip.field, value: index === changed ? value.trim() : chip.value }))
    .filter((condition) => condition.value !== "")
    .map((condition) => `${condition.field}=${escape(condition.value)}`)
    .join("&");
}
