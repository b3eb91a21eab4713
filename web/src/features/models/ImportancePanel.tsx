import { BarList } from "@/shared/charts/BarList";
import { formatShare } from "@/shared/format/number";
import { featureHint, featureLabel } from "@/shared/incident/drivers";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";

/** Which features the active models rest on. */
export function ImportancePanel({ importance }: { importance: readonly { name: string; share: number }[] }) {
  return (
    <Panel title="What the models look at" hint="Importance of features in the active version, the weightiest first.">
      {importance.length === 0 ? (
        <Notice title="Known once models are trained" isSmall />
      ) : (
        <BarList rows={[...importance].sort((a, b) => b.share - a.share).slice(0, 10).map((entry) => ({ key: entry.name, label: featureLabel(entry.name), value: entry.share, shown: formatShare(entry.share), hint: featureHint(entry.name) || undefined }))} />
      )}
    </Panel>
  );
}
