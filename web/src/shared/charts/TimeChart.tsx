import { useState, type PointerEvent } from "react";
import { formatCompact } from "@/shared/format/number";
import { usePreferences } from "@/shared/preferences/preferences";
import { useNow } from "@/shared/time/useNow";
import { ChartFrame } from "./ChartFrame";
import { ChartReading } from "./ChartReading";
import { areaPath, linePath, niceCeiling, passedShare } from "./scale";
import { useWidth } from "./useWidth";

/** One series of a chart, a value per time; null is unknown. */
export interface Series {
  name: string;
  values: readonly (number | null)[];
  color: string;
  look: "area" | "line" | "bars";
  /** Color of one bar by its value; else `color`. */
  colorOf?: (value: number) => string;
}

/** A dot above the chart at one time. */
export interface Mark {
  index: number;
  color: string;
  label: string;
}

/** An instant worth a vertical line. */
export interface Event {
  time: string;
  label: string;
}

interface Props {
  /** What the chart shows, for those who cannot see it. */
  label: string;
  times: readonly string[];
  series: readonly Series[];
  marks?: readonly Mark[];
  events?: readonly Event[];
  height?: number;
  /** Values are sums over a step of time: one that is not over yet would look like a fall, so its pace is drawn instead, dashed. */
  isSum?: boolean;
  /** Fixed upper end of the axis; else the least round number that holds all values. */
  top?: number;
  format?: (value: number) => string;
}

/** Before, a pace would be a guess. */
const leastPassed = 0.1;
const pad = { left: 50, right: 6, top: 12, bottom: 20 };

/** Series over time. Pointing at it reads all values of that time; the summary is spoken to screen readers. */
export function TimeChart({ label, times, series, marks = [], events = [], height = 180, isSum = false, top, format = formatCompact }: Props) {
  const [element, width] = useWidth<HTMLDivElement>();
  const { zone } = usePreferences();
  const now = useNow();
  const [read, setRead] = useState<number | null>(null);

  const highest = Math.max(0, ...series.flatMap((one) => one.values.map((value) => value ?? 0)));
  const ceiling = top ?? niceCeiling(highest);
  const right = width - pad.right;
  // Bars stand over their times, so the first and the last need half of their room at the edge.
  const inset = series.some((one) => one.look === "bars") && times.length > 1 ? (right - pad.left) / times.length / 2 : 0;
  const left = pad.left + inset;
  const step = times.length > 1 ? (right - inset - left) / (times.length - 1) : 0;
  const x = (index: number) => left + index * step;
  const y = (value: number) => pad.top + (1 - Math.min(1, value / ceiling)) * (height - pad.top - pad.bottom);
  const from = new Date(times[0] ?? 0).getTime();
  const to = new Date(times.at(-1) ?? 0).getTime();
  const xOf = (time: number) => left + ((time - from) / Math.max(1, to - from)) * (right - inset - left);
  const bar = Math.max(1, step * 0.7);

  const passed = isSum ? passedShare(times, now) : 1;
  const isOpen = passed < 1;
  const finished = (values: Series["values"]) => (isOpen ? values.slice(0, -1) : values);

  const point = (event: PointerEvent<SVGSVGElement>) => {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const index = step === 0 ? 0 : Math.round((at - left) / step);
    setRead(Math.max(0, Math.min(times.length - 1, index)));
  };
  const summary = series.map((one) => `${one.name}: highest ${format(Math.max(0, ...one.values.map((v) => v ?? 0)))}`).join("; ");

  return (
    <div ref={element} className="relative w-full">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={`${label}. ${summary}.`} onPointerMove={point} onPointerLeave={() => setRead(null)} className="block touch-pan-y print:h-auto print:w-full">
        <ChartFrame from={from} to={to} ceiling={ceiling} y={y} xOf={xOf} left={pad.left} right={right} bottom={height - pad.bottom} zone={zone} format={format} />
        {series.map((one) => {
          if (one.look === "bars")
            return (
              <g key={one.name} fill={one.color}>
                {one.values.map((value, i) => (value ? <rect key={i} x={Math.max(pad.left, x(i) - bar / 2)} y={y(value)} width={bar} height={y(0) - y(value)} fill={one.colorOf?.(value)} rx={Math.min(2, bar / 3)} /> : null))}
              </g>
            );
          return (
            <g key={one.name}>
              {one.look === "area" && <path d={areaPath(finished(one.values), x, y)} fill={one.color} opacity={0.16} />}
              <path d={linePath(finished(one.values), x, y)} fill="none" stroke={one.color} strokeWidth={1.6} strokeLinejoin="round" />
              {isOpen && passed >= leastPassed && <path d={linePath([one.values.at(-2) ?? null, (one.values.at(-1) ?? 0) / passed], (index) => x(times.length - 2 + index), y)} fill="none" stroke={one.color} strokeWidth={1.6} strokeDasharray="3 4" opacity={0.6} />}
            </g>
          );
        })}
        {events.map((event) => {
          const at = xOf(new Date(event.time).getTime());
          return at >= pad.left && at <= right ? (
            <g key={event.label}>
              <line x1={at} x2={at} y1={pad.top} y2={y(0)} stroke="var(--muted)" strokeDasharray="3 3" />
              <text x={at > right - 70 ? at - 4 : at + 4} y={pad.top + 8} textAnchor={at > right - 70 ? "end" : "start"} fontSize={11} fill="var(--muted)" stroke="var(--surface)" strokeWidth={4} paintOrder="stroke">
                {event.label}
              </text>
            </g>
          ) : null;
        })}
        {marks.map((mark) => (
          <circle key={`${mark.index}${mark.label}`} cx={x(mark.index)} cy={6} r={3.2} fill={mark.color} />
        ))}
        {read !== null && <line x1={x(read)} x2={x(read)} y1={pad.top} y2={y(0)} stroke="var(--line-strong)" />}
        {read !== null && series.filter((one) => one.look !== "bars").map((one) => {
          const value = one.values[read];
          return typeof value === "number" ? <circle key={one.name} cx={x(read)} cy={y(value)} r={3} fill={one.color} stroke="var(--surface)" strokeWidth={1.5} /> : null;
        })}
      </svg>
      {read !== null && times[read] && (
        <ChartReading time={times[read]} isLeft={x(read) > width / 2} at={x(read)} rows={series.map((one) => ({ name: one.name, color: one.color, value: one.values[read] ?? null }))} notes={[...marks.filter((mark) => mark.index === read).map((mark) => mark.label), ...(isOpen && read === times.length - 1 ? ["so far; the dashed line is the pace"] : [])]} format={format} />
      )}
    </div>
  );
}
