import { areaPath, linePath } from "./scale";

/** A small series without axes; decoration beside a figure that says the same in words. */
export function Sparkline({ values, color = "var(--accent)", height = 28 }: { values: readonly (number | null)[]; color?: string; height?: number }) {
  const width = 120;
  const highest = Math.max(1e-9, ...values.map((value) => value ?? 0));
  const x = (index: number) => (values.length > 1 ? (index / (values.length - 1)) * width : 0);
  const y = (value: number) => height - 2 - (value / highest) * (height - 5);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" className="w-full" height={height} aria-hidden="true">
      <path d={areaPath(values, x, y)} fill={color} opacity={0.14} />
      <path d={linePath(values, x, y)} fill="none" stroke={color} strokeWidth={1.4} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
