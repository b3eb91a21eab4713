import { describeProblem } from "@/shared/api/problem";
import { formatCompact } from "@/shared/format/number";
import { measureName } from "@/shared/incident/models";
import { refusal, useSession } from "@/shared/session/session";
import { Button } from "@/shared/ui/Button";
import { Panel } from "@/shared/ui/Panel";
import { TimeText } from "@/shared/ui/TimeText";
import { useActivate } from "./useActivate";
import type { ModelVersion } from "./useModels";

/** What the consensus of all models achieved on held-out traffic. */
const metrics = ["precision", "recall", "f1", "auc"];
const cell = "border-t border-line py-2 pl-4 text-right whitespace-nowrap";

/** Trained versions, newest first; an older one can be put to work again. */
export function VersionTable({ versions, className }: { versions: readonly ModelVersion[]; className?: string }) {
  const session = useSession();
  const activate = useActivate();
  const refused = refusal(session, "admin");
  return (
    <Panel title="Versions" hint="Each training makes one. Activating takes effect with the next minute of events." className={className}>
      {activate.isError && <p role="alert" className="mb-2 text-critical">Not activated. {describeProblem(activate.error).detail || describeProblem(activate.error).advice}</p>}
      <div className="relative overflow-x-auto" tabIndex={0} role="region" aria-label="Versions">
        <table className="w-full min-w-[720px] text-[13px]">
          <thead className="text-[12px] text-muted">
            <tr>
              <th scope="col" className="pb-1.5 text-left font-normal">Version</th>
              <th scope="col" className="pb-1.5 pl-4 text-left font-normal">Trained</th>
              <th scope="col" className="w-full pb-1.5 pl-4 text-left font-normal">From</th>
              {metrics.map((name) => <th key={name} scope="col" className="pb-1.5 pl-4 text-right font-normal">{measureName(name)}</th>)}
              <th scope="col" className="pb-1.5 pl-4 text-right font-normal">Drift</th>
              <th scope="col" className="pb-1.5 pl-4"><span className="sr-only">Activate</span></th>
            </tr>
          </thead>
          <tbody>
            {versions.map((version) => (
              <tr key={version.version}>
                <td className="border-t border-line py-2 font-semibold whitespace-nowrap">{version.version}{version.parent && <span className="ml-1.5 font-normal text-muted">after {version.parent}</span>}</td>
                <td className="border-t border-line py-2 pl-4 whitespace-nowrap">{version.created_at ? <TimeText time={version.created_at} /> : "–"}</td>
                <td className="border-t border-line py-2 pl-4 text-muted">{formatCompact(version.training.events)} requests, seed {version.training.seed}</td>
                {metrics.map((name) => <td key={name} className={cell}>{version.metrics["consensus"]?.[name]?.toFixed(3) ?? "–"}</td>)}
                <td className={cell}>{version.drift ? version.drift.score.toFixed(2) : "–"}</td>
                <td className={cell}>{version.active ? <span className="font-semibold text-ok">active</span> : <Button refused={refused} disabled={activate.isPending} onClick={() => activate.mutate(version.version)}>Activate</Button>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
