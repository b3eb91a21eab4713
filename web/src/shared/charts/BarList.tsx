import type { ReactNode } from "react";

export interface BarRow {
  key: string;
  label: ReactNode;
  value: number;
  shown: string;
  color?: string;
  hint?: string;
}

/** Named amounts with bars in proportion, the largest as given by `most`. */
export function BarList({ rows, most }: { rows: readonly BarRow[]; most?: number }) {
  const highest = most ?? Math.max(1e-9, ...rows.map((row) => row.value));
  return (
    <ul className="space-y-1.5">
      {rows.map((row) => (
        <li key={row.key} className="text-[13px]" data-hint={row.hint}>
          <div className="flex items-baseline justify-between gap-3">
            <span className="min-w-0 truncate">{row.label}</span>
            <span className="shrink-0 font-medium">{row.shown}</span>
          </div>
          <div className="mt-0.5 h-[5px] overflow-hidden rounded-full bg-sunken">
            <div className="h-full rounded-full" style={{ width: `${Math.max(0.8, Math.min(1, row.value / highest) * 100)}%`, background: row.color ?? "var(--accent)" }} />
          </div>
        </li>
      ))}
    </ul>
  );
}
