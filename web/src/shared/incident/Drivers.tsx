import type { Driver } from "@/shared/api/incident";
import { comparison, featureHint, featureLabel, formatFeature } from "./drivers";

function Pair({ driver }: { driver: Driver }) {
  const highest = Math.max(Math.abs(driver.value), Math.abs(driver.baseline), 1e-9);
  const bar = (value: number) => `${Math.max(value === 0 ? 0 : 1.5, (Math.abs(value) / highest) * 100)}%`;
  return (
    <div className="mt-1.5 space-y-1" aria-hidden="true">
      <div className="h-1.5 rounded-full bg-sunken">
        <div className="h-full rounded-full bg-high-fill" style={{ width: bar(driver.value) }} />
      </div>
      <div className="h-1.5 rounded-full bg-sunken">
        <div className="h-full rounded-full bg-low-fill" style={{ width: bar(driver.baseline) }} />
      </div>
    </div>
  );
}

/** The numbers that drove an incident, actual against typical, the weightiest first. */
export function Drivers({ drivers }: { drivers: readonly Driver[] }) {
  if (drivers.length === 0) return <p className="text-muted">No single number stands out; the explanation and the requests tell it.</p>;
  const total = drivers.reduce((sum, driver) => sum + Math.max(0, driver.contribution), 0) || 1;
  return (
    <ul className="divide-y divide-line">
      {[...drivers]
        .sort((a, b) => b.contribution - a.contribution)
        .map((driver) => (
          <li key={driver.feature} className="py-2.5 first:pt-0 last:pb-0">
            <div className="flex items-baseline justify-between gap-3">
              <span className="font-medium" data-hint={featureHint(driver.feature) || undefined} tabIndex={0}>
                {featureLabel(driver.feature)}
              </span>
              <span className="shrink-0 text-[12.5px] text-muted" data-hint="How much of the verdict rests on this number; all of them together make 100%." tabIndex={0}>
                {Math.round((100 * Math.max(0, driver.contribution)) / total)}% of the verdict
              </span>
            </div>
            <div className="mt-0.5 flex flex-wrap items-baseline gap-x-4 text-[13px]">
              <span>
                <span className="text-muted">actual </span>
                <strong className="text-high">{formatFeature(driver.feature, driver.value)}</strong>
              </span>
              <span>
                <span className="text-muted">typical </span>
                <strong>{formatFeature(driver.feature, driver.baseline)}</strong>
              </span>
              <span className="text-muted">{comparison(driver.value, driver.baseline)}</span>
            </div>
            <Pair driver={driver} />
          </li>
        ))}
    </ul>
  );
}
