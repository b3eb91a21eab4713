import { useEffect, useState, type ReactNode } from "react";
import { describeProblem } from "@/shared/api/problem";

/** Longer than this, an empty page needs a word. */
const patienceMs = 4_000;

/** What stands in for an answer that has not come: a shape at first, then what is known of why it takes so long. */
export function Waiting({ failure, children }: { failure: unknown; children: ReactNode }) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  const text = failure ? `${describeProblem(failure).title}. Trying again.` : isLong ? "The server has not answered yet: it may be starting or busy. Still waiting; a shorter time range is answered sooner." : "";
  return (
    <div role="status">
      <span className="sr-only">Loading</span>
      {text && <p className="tint-medium mb-2 rounded-md px-3 py-1.5 text-[12.5px] text-medium">{text}</p>}
      {children}
    </div>
  );
}
