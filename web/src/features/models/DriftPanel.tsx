import { BarList } from "@/shared/charts/BarList";
import { featureLabel } from "@/shared/incident/drivers";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import type { ModelVersion } from "./useModels";

function wordFor(psi: number): { text: string; color: string; tone: string } {
  if (psi >= 0.25) return { text: "clearly changed", color: "var(--high-fill)", tone: "text-high" };
  return psi >= 0.1 ? { text: "somewhat changed", color: "var(--medium-fill)", tone: "text-medium" } : { text: "as trained", color: "var(--low-fill)", tone: "text-muted" };
}

/** Whether the traffic still is what the models learnt from. */
export function DriftPanel({ drift }: { drift: ModelVersion["drift"] }) {
  const worst = drift ? wordFor(drift.score) : null;
  return (
    <Panel title="Drift" hint="Population stability index of each feature between training and the last day: below 0.1 as trained, from 0.25 clearly changed; then models are trained anew." aside={worst && <span className={worst.tone}>{worst.text}</span>}>
      {!drift || drift.features.length === 0 ? (
        <Notice title="Known after a day with a trained version" isSmall />
      ) : (
        <BarList most={0.5} rows={[...drift.features].sort((a, b) => b.psi - a.psi).slice(0, 8).map((entry) => ({ key: entry.name, label: featureLabel(entry.name), value: entry.psi, shown: entry.psi.toFixed(2), color: wordFor(entry.psi).color, hint: wordFor(entry.psi).text }))} />
      )}
    </Panel>
  );
}
