import type { ReactNode } from "react";

interface Props {
  label: string;
  value: ReactNode;
  hint: string;
  detail?: ReactNode;
  tone?: "ink" | "critical" | "high" | "medium" | "ok";
  children?: ReactNode;
}

const tones = { ink: "", critical: "text-critical", high: "text-high", medium: "text-medium", ok: "text-ok" };

/** One figure with its name; the hint says what it counts and over what. */
export function Stat({ label, value, hint, detail, tone = "ink", children }: Props) {
  return (
    <div className="panel flex min-w-0 flex-col px-4 py-3" data-hint={hint} tabIndex={0}>
      <div className="truncate text-[12.5px] text-muted">{label}</div>
      <div className={`mt-0.5 truncate text-[22px] leading-tight font-semibold tracking-tight ${tones[tone]}`}>{value}</div>
      {detail && <div className="mt-0.5 truncate text-[12.5px] text-muted print:whitespace-normal">{detail}</div>}
      {children}
    </div>
  );
}
