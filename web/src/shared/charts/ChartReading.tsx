import { formatDateTime } from "@/shared/format/time";
import { usePreferences } from "@/shared/preferences/preferences";

interface Props {
  time: string;
  at: number;
  isLeft: boolean;
  rows: { name: string; color: string; value: number | null }[];
  notes: string[];
  format: (value: number) => string;
}

/** The values of one time, beside the pointer. */
export function ChartReading({ time, at, isLeft, rows, notes, format }: Props) {
  const { zone } = usePreferences();
  return (
    <div
      className="pointer-events-none absolute top-1 z-20 min-w-32 rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-[12px] shadow-lg"
      style={isLeft ? { right: `calc(100% - ${at - 10}px)` } : { left: at + 10 }}
    >
      <div className="mb-0.5 whitespace-nowrap text-muted">{formatDateTime(time, zone)}</div>
      {rows.map((row) => (
        <div key={row.name} className="flex items-center gap-2 whitespace-nowrap">
          <span className="size-2 rounded-full" style={{ background: row.color }} />
          <span className="flex-1">{row.name}</span>
          <span className="font-semibold">{row.value === null ? "–" : format(row.value)}</span>
        </div>
      ))}
      {notes.map((note) => (
        <div key={note} className="mt-0.5 max-w-60 text-muted">
          {note}
        </div>
      ))}
    </div>
  );
}
