import type { Chip } from "./useAsk";

/** The question in words with one condition changed, or left out if `text` is empty. */
export function rephrase(chips: readonly Chip[], changed: number, text: string): string {
  const parts = chips.map((chip, index) => (index === changed ? text.trim() : chip.label)).filter((part) => part !== "");
  return parts.length > 0 ? `show ${parts.join(" ")}` : "";
}
