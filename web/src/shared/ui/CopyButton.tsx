import { useState } from "react";
import { Button } from "./Button";

/** Puts a text on the clipboard and says that it did, or that the browser did not allow it. */
export function CopyButton({ label, text, hint }: { label: string; text: () => string; hint?: string }) {
  const [outcome, setOutcome] = useState<"" | "Copied" | "Not allowed here">("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setOutcome("Copied");
    } catch {
      setOutcome("Not allowed here");
    }
    setTimeout(() => setOutcome(""), 1_600);
  };
  return (
    <Button look="quiet" icon={outcome === "Copied" ? "check" : "copy"} data-hint={hint} onClick={() => void copy()}>
      <span aria-live="polite">{outcome || label}</span>
    </Button>
  );
}
