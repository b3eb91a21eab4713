import type { Status } from "@/shared/api/status";
import { formatCount } from "@/shared/format/number";

const texts = {
  warmup: { title: "Warming up", text: "Signatures and baselines watch; the learned models join when enough traffic was seen." },
  training: { title: "Training", text: "Models learn from the traffic seen so far, beside the ongoing watch." },
  ensemble: { title: "All models watch", text: "" },
  waiting: { title: "Trained, waiting for traffic", text: "Nothing has come since the models were trained." },
};

/** The phase of learning, with how far the warm-up is. */
export function PhaseLine({ status }: { status: Status }) {
  const known = texts[status.phase] ?? { title: status.phase, text: "" };
  const share = status.warmup_target > 0 ? Math.min(1, status.logs_processed / status.warmup_target) : 1;
  return (
    <div>
      <div className="flex items-center gap-2 font-medium">
        <span className={`size-2 rounded-full ${status.phase === "ensemble" ? "bg-ok" : "bg-medium-fill"}`} />
        {known.title}
        {status.phase === "warmup" && <span className="ml-auto text-[12.5px] font-normal text-muted">{formatCount(status.logs_processed)} of {formatCount(status.warmup_target)}</span>}
      </div>
      {status.phase === "warmup" && (
        <div className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-sunken" role="progressbar" aria-label="Warm-up" aria-valuenow={Math.round(share * 100)}>
          <div className="h-full bg-accent-fill" style={{ width: `${share * 100}%` }} />
        </div>
      )}
      {known.text && <p className="mt-1 text-[12.5px] text-muted">{known.text}</p>}
    </div>
  );
}
