import { useEffect } from "react";
import { usePreferences } from "@/shared/preferences/preferences";

/** What keys do while incidents are triaged. */
export interface TriageActions {
  next: () => void;
  previous: () => void;
  open: () => void;
  back: () => void;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(target.tagName));
}

/** j and k walk the list, Enter opens, Escape goes back; switched off where letters mean something else to a person's tools. */
export function useTriageKeys(actions: TriageActions): void {
  const { shortcuts } = usePreferences();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      if (shortcuts && event.key === "j") actions.next();
      else if (shortcuts && event.key === "k") actions.previous();
      else if (event.key === "Escape") actions.back();
      else if (event.key === "Enter" && !(event.target instanceof HTMLElement && event.target.closest("a,button,summary"))) actions.open();
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [actions, shortcuts]);
}
