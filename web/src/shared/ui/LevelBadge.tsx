import type { Level } from "@/shared/api/incident";

const looks: Record<Level, string> = {
  CRITICAL: "tint-critical text-critical",
  HIGH: "tint-high text-high",
  MEDIUM: "tint-medium text-medium",
  LOW: "tint-low text-low",
};

/** The fill of a level's bars and dots. */
export const levelFill: Record<Level, string> = { CRITICAL: "var(--critical-fill)", HIGH: "var(--high-fill)", MEDIUM: "var(--medium-fill)", LOW: "var(--low-fill)" };

/** A level, and the risk behind it if given: color, word and number say the same. */
export function LevelBadge({ level, risk }: { level: Level; risk?: number }) {
  const hint = risk === undefined ? undefined : `Risk ${risk} of 100. Critical from 80, high from 60, medium from 40, unless set otherwise.`;
  return (
    <span data-hint={hint} className={`inline-flex h-[21px] items-center gap-1.5 rounded-[5px] px-1.5 text-[11px] font-semibold tracking-wide ${looks[level]}`}>
      {risk !== undefined && <span className="text-[12px]">{risk}</span>}
      {level}
    </span>
  );
}
