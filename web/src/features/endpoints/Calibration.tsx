import { formatShare } from "@/shared/format/number";

const size = 110;
const pad = 4;

/** Forecast probability against what happened: on the diagonal, forecasts mean what they say. */
export function Calibration({ bins }: { bins: readonly { predicted: number; happened: number; count: number }[] }) {
  const filled = bins.filter((bin) => bin.count > 0);
  if (filled.length < 2) return null;
  const most = Math.max(...filled.map((bin) => bin.count));
  const at = (value: number) => pad + value * (size - 2 * pad);
  return (
    <figure className="mt-2 flex items-end gap-3">
      <svg width={size} height={size} role="img" aria-label={`Calibration: ${filled.map((bin) => `forecast ${formatShare(bin.predicted)}, happened ${formatShare(bin.happened)}`).join("; ")}`} className="shrink-0 rounded-md bg-sunken">
        <line x1={at(0)} y1={at(1)} x2={at(1)} y2={at(0)} stroke="var(--line-strong)" strokeDasharray="3 3" />
        {filled.map((bin) => (
          <circle key={bin.predicted} cx={at(bin.predicted)} cy={at(1 - bin.happened)} r={2 + 3 * Math.sqrt(bin.count / most)} fill="var(--accent)" opacity={0.8} />
        ))}
      </svg>
      <figcaption className="text-[12px] text-muted">Forecast (across) against what happened (up). On the line, a forecast of 70% came true in 70% of cases.</figcaption>
    </figure>
  );
}
