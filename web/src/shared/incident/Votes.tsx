import { BarList } from "@/shared/charts/BarList";
import { modelName } from "./models";

/** Below, a vote reads 0.00. */
const least = 0.005;

function color(vote: number): string {
  if (vote >= 0.8) return "var(--critical-fill)";
  if (vote >= 0.6) return "var(--high-fill)";
  return vote >= 0.4 ? "var(--medium-fill)" : "var(--low-fill)";
}

/** What each detector and model said, 0 to 1, the surest first. */
export function Votes({ votes }: { votes: Readonly<Record<string, number>> }) {
  const rows = Object.entries(votes).sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return <p className="text-muted">No model has voted yet.</p>;
  const loud = rows.filter(([, vote]) => vote >= least);
  const silent = rows.filter(([, vote]) => vote < least);
  const isAlone = rows.length === 1 && rows[0]?.[0] === "signatures";
  return (
    <>
      <BarList most={1} rows={loud.map(([name, vote]) => ({ key: name, label: modelName(name), value: vote, shown: vote.toFixed(2), color: color(vote), hint: "0 is ordinary, 1 is as strange as can be." }))} />
      {silent.length > 0 && <p className={`text-[12.5px] text-muted ${loud.length > 0 ? "mt-3" : ""}`}>Nothing strange (0.00) to: {silent.map(([name]) => modelName(name)).join(", ")}.</p>}
      {isAlone && <p className="mt-3 text-[12.5px] text-muted">What a request carries is for the signatures to judge. The learned models judge conduct, minute by minute, and had nothing to say here.</p>}
    </>
  );
}
