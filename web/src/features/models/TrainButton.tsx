import { describeProblem } from "@/shared/api/problem";
import { refusal, useSession } from "@/shared/session/session";
import { Button } from "@/shared/ui/Button";
import { useTrain } from "./useTrain";

/** Begins training on what was seen. */
export function TrainButton({ isTraining }: { isTraining: boolean }) {
  const session = useSession();
  const train = useTrain();
  const refused = refusal(session, "analyst");
  const busy = isTraining || train.isPending;
  return (
    <div className="flex flex-wrap items-center gap-3">
      {refused && <span className="text-[12.5px] text-muted">{refused}</span>}
      {train.isSuccess && !busy && <span role="status" className="text-ok">Training has been started.</span>}
      {train.isError && <span role="alert" className="text-critical">{describeProblem(train.error).detail || describeProblem(train.error).title}</span>}
      <Button look="primary" refused={refused} disabled={busy} data-hint="Learns from the traffic seen so far; the present version watches on meanwhile." onClick={() => train.mutate()}>
        {busy ? "Training…" : "Train now"}
      </Button>
    </div>
  );
}
