import type { AnomalyItem } from "@/shared/api/traffic";

const looks: Record<AnomalyItem["priority"], string> = { HIGH: "text-critical", MEDIUM: "text-medium", LOW: "text-low" };

/** The risk of one minute with its priority, drawn unlike the level of an incident, for it means less: a strange minute alone alarms nobody. */
export function PriorityBadge({ priority, risk }: Pick<AnomalyItem, "priority" | "risk">) {
  return (
    <span
      tabIndex={0}
      data-hint={`Priority of this minute, ${risk} of 100: 45% how strange it is, 35% how probably requests fail, 20% how much like a program. High from 80, medium from 50. An incident has a level instead: it weighs all that is known of the caller.`}
      className={`inline-flex h-[21px] items-center gap-1.5 rounded-[5px] border border-line-strong px-1.5 text-[12px] font-semibold ${looks[priority]}`}
    >
      {risk}
      <span className="font-normal">{priority.toLowerCase()} priority</span>
    </span>
  );
}
