import type { ModelStatus } from "@/shared/api/status";
import { formatShare } from "@/shared/format/number";
import { measureName, modelName } from "@/shared/incident/models";
import { Panel } from "@/shared/ui/Panel";

const kinds: Record<string, string> = {
  signatures: "rules", isolation_forest: "unsupervised", one_class_svm: "unsupervised", local_outlier_factor: "unsupervised", random_forest: "supervised", xgboost: "supervised", lightgbm: "supervised",
  gradient_boosting: "supervised", dense: "neural", lstm: "neural", transformer: "neural", kmeans: "clusters", dbscan: "clusters",
};
const measures = [
  { name: "precision", hint: "Of what it calls anomalous, the share that is." },
  { name: "recall", hint: "Of what is anomalous, the share it finds." },
  { name: "f1", hint: "Harmonic mean of precision and recall." },
  { name: "auc", hint: "Area under the ROC curve: the chance that an attack scores above ordinary traffic." },
];
const cell = "border-t border-line py-1.5 pl-4 text-right whitespace-nowrap";

/** Three digits; what is not quite 1 is not shown as 1. */
function measured(value: number | undefined): string {
  if (value === undefined) return "–";
  return value < 1 && value > 0.9995 ? ">0.999" : value.toFixed(3);
}

function unmeasured(model: ModelStatus): string {
  if (!model.ready) return "Known once it is trained.";
  return model.name === "signatures" ? "Not trained here, so not measured here." : "Judges sequences or classes, for which the held-out minutes have no labels.";
}

/** Every model with its vote's weight and what it achieved on held-out traffic. */
export function ModelTable({ models, className }: { models: readonly ModelStatus[]; className?: string }) {
  return (
    <Panel title="Models and their votes" hint="The consensus weighs groups: unsupervised 35%, supervised 50%, neural 15% unless set otherwise; models that are not ready leave their weight to the others." className={className}>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Models">
        <table className="w-full min-w-[560px] text-[13px]">
          <thead className="text-[12px] text-muted">
            <tr>
              <th scope="col" className="w-full pb-1.5 text-left font-normal">Model</th>
              <th scope="col" className="pb-1.5 pl-4 text-right font-normal">Kind</th>
              <th scope="col" className="pb-1.5 pl-4 text-right font-normal" data-hint="Weight of the vote among the learned models. Signatures judge each request by themselves; k-means tells classes of use and has no vote." tabIndex={0}>Weight</th>
              {measures.map((measure) => <th key={measure.name} scope="col" className="pb-1.5 pl-4 text-right font-normal" data-hint={`${measure.hint} On traffic held out from training.`} tabIndex={0}>{measureName(measure.name)}</th>)}
            </tr>
          </thead>
          <tbody>
            {models.map((model) => (
              <tr key={model.name} className={model.ready ? "" : "text-muted"}>
                <td className="border-t border-line py-1.5">
                  <span className="flex items-center gap-2">
                    <span className={`size-2 rounded-full ${model.ready ? "bg-ok" : "bg-low-fill"}`} />
                    {modelName(model.name)}
                    {!model.ready && <span className="text-[12px]">not ready</span>}
                  </span>
                </td>
                <td className={`${cell} text-muted`}>{kinds[model.name] ?? ""}</td>
                <td className={cell}>{model.weight > 0 ? formatShare(model.weight) : "–"}</td>
                {measures.map((measure) => <td key={measure.name} className={cell} data-hint={model.metrics?.[measure.name] === undefined ? unmeasured(model) : undefined}>{measured(model.metrics?.[measure.name])}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
