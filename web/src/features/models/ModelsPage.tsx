import { useStatus } from "@/shared/api/useStatus";
import { Loaded } from "@/shared/ui/Loaded";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { PhaseLine } from "@/shared/ui/PhaseLine";
import { DriftPanel } from "./DriftPanel";
import { ImportancePanel } from "./ImportancePanel";
import { ModelTable } from "./ModelTable";
import { TrainButton } from "./TrainButton";
import { useModels } from "./useModels";
import { VersionTable } from "./VersionTable";

/** Which models watch, how good they are, whether the traffic still is what they learnt from, and their versions. */
export function ModelsPage() {
  const models = useModels();
  const status = useStatus();
  return (
    <div className="space-y-3 pt-3">
      <div className="panel flex flex-wrap items-center justify-between gap-4 px-4 py-3">
        <div className="min-w-64 flex-1"><Loaded query={status} isSmall skeleton={<div className="skeleton h-6 w-64" />}>{(data) => <PhaseLine status={data} />}</Loaded></div>
        <TrainButton isTraining={status.data?.training_in_progress ?? false} />
      </div>
      <Loaded query={models} skeleton={<div className="skeleton h-96" />}>
        {(data) => {
          const active = data.items.find((item) => item.active);
          return (
            <div className="grid grid-cols-1 items-start gap-3 xl:grid-cols-3">
              <ModelTable models={data.models} className="xl:col-span-2" />
              <div className="space-y-3">
                <ImportancePanel importance={active?.importance ?? []} />
                <DriftPanel drift={active?.drift ?? null} />
              </div>
              {data.items.length > 0 ? (
                <VersionTable versions={data.items} className="xl:col-span-3" />
              ) : (
                <Panel title="Versions" className="xl:col-span-3">
                  <Notice look="wait" title="Nothing is trained yet">Training begins by itself when the warm-up is complete; “Train now” begins it with what has been seen so far.</Notice>
                </Panel>
              )}
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}
