import { formatCount } from "@/shared/format/number";

/** Amounts by hour of the day, 0 to 23 (UTC). */
export function HourBars({ label, hours, color = "var(--accent)" }: { label: string; hours: readonly { hour: number; value: number; note?: string }[]; color?: string }) {
  const highest = Math.max(1, ...hours.map((hour) => hour.value));
  return (
    <div role="img" aria-label={`${label}, by hour of the day in UTC`}>
      <div className="flex h-24 items-end print:h-12 gap-[2px]">
        {Array.from({ length: 24 }, (_, hour) => {
          const found = hours.find((entry) => entry.hour === hour);
          const value = found?.value ?? 0;
          return (
            <div key={hour} className="flex h-full flex-1 items-end" data-hint={`${String(hour).padStart(2, "0")}:00–${String(hour).padStart(2, "0")}:59 UTC\n${formatCount(value)} requests${found?.note ? `\n${found.note}` : ""}`}>
              <div className="w-full rounded-t-[2px]" style={{ height: `${Math.max(value > 0 ? 3 : 1, (value / highest) * 100)}%`, background: value > 0 ? color : "var(--line)" }} />
            </div>
          );
        })}
      </div>
      <div className="mt-1 flex justify-between text-[11px] text-faint">
        {[0, 6, 12, 18, 23].map((hour) => (
          <span key={hour}>{String(hour).padStart(2, "0")}</span>
        ))}
      </div>
    </div>
  );
}
