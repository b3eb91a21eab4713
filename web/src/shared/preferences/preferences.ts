import { useSyncExternalStore } from "react";
import type { Zone } from "@/shared/format/time";

/** What a person chose for this browser. */
export interface Preferences {
  theme: "system" | "light" | "dark";
  zone: Zone;
  /** Single letters as shortcuts; off for those whose tools type letters. */
  shortcuts: boolean;
  /** Lowest level that raises a toast. */
  toasts: "CRITICAL" | "HIGH" | "none";
}

const key = "vedette.preferences";
const standard: Preferences = { theme: "system", zone: "utc", shortcuts: true, toasts: "HIGH" };
const listeners = new Set<() => void>();
let current = read();

function read(): Preferences {
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Preferences>) };
  } catch {
    return standard;
  }
}

/** Changes some preferences and keeps them where the browser allows it. */
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Private windows may refuse: the choice then lasts until the page is closed.
  }
  applyTheme();
  for (const listener of listeners) listener();
}

/** Puts the theme where the style sheet looks for it. */
export function applyTheme(): void {
  if (current.theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = current.theme;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}
