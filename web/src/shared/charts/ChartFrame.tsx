import type { Zone } from "@/shared/format/time";
import { timeTicks } from "./scale";

interface Props {
  from: number;
  to: number;
  ceiling: number;
  y: (value: number) => number;
  xOf: (time: number) => number;
  left: number;
  right: number;
  bottom: number;
  zone: Zone;
  format: (value: number) => string;
}

/** Grid and labels of both axes. */
export function ChartFrame({ from, to, ceiling, y, xOf, left, right, bottom, zone, format }: Props) {
  const ticks = to > from ? timeTicks(from, to, (right - left) / 76, zone) : [];
  // "0, 1, 1" says less than "0, 1", and "0, 2, 3" is wrong where the middle is 1.5.
  const middle = format(ceiling / 2);
  const isExact = middle !== format(ceiling) && (ceiling % 2 !== 1 || ceiling > 10 || middle.includes("."));
  const parts = [0, 0.5, 1].filter((part) => part !== 0.5 || isExact);
  return (
    <g fontSize={11} fill="var(--faint)">
      {parts.map((part) => (
        <g key={part}>
          <line x1={left} x2={right} y1={y(part * ceiling)} y2={y(part * ceiling)} stroke="var(--line)" />
          <text x={left - 6} y={y(part * ceiling) + 4} textAnchor="end">
            {format(part * ceiling)}
          </text>
        </g>
      ))}
      {ticks.map((tick) => (
        <text key={tick.at} x={Math.min(right - 14, Math.max(left + 14, xOf(tick.at)))} y={bottom + 15} textAnchor="middle">
          {tick.label}
        </text>
      ))}
    </g>
  );
}
