export interface Part {
  name: string;
  value: number;
  color: string;
}

/** Parts of a whole in one bar, with their numbers below. */
export function SplitBar({ label, parts }: { label: string; parts: readonly Part[] }) {
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  return (
    <div role="img" aria-label={`${label}: ${parts.map((part) => `${part.name} ${part.value}`).join(", ")}`}>
      <div className="flex h-2 gap-0.5 overflow-hidden rounded-full bg-sunken">
        {parts.map((part) => (part.value > 0 ? <div key={part.name} style={{ width: `${(part.value / total) * 100}%`, background: part.color }} className="min-w-1" /> : null))}
      </div>
      <div className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-[12.5px]">
        {parts.map((part) => (
          <span key={part.name} className="flex items-center gap-1.5">
            <span className="size-2 rounded-full" style={{ background: part.color }} />
            <span className="text-muted">{part.name}</span>
            <span className="font-semibold">{part.value.toLocaleString("en")}</span>
          </span>
        ))}
      </div>
    </div>
  );
}
