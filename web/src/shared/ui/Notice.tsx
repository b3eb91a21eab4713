import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

const looks = {
  empty: { icon: "shield", tone: "text-faint" },
  good: { icon: "check", tone: "text-ok" },
  problem: { icon: "incidents", tone: "text-high" },
  wait: { icon: "clock", tone: "text-accent" },
} as const satisfies Record<string, { icon: IconName; tone: string }>;

interface Props {
  look?: keyof typeof looks;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  isSmall?: boolean;
}

/** Says why there is nothing to see, and what to do. */
export function Notice({ look = "empty", title, children, action, isSmall = false }: Props) {
  return (
    <div className={`flex flex-col items-center justify-center text-center ${isSmall ? "px-2 py-5" : "px-6 py-12"}`} role={look === "problem" ? "alert" : undefined}>
      <Icon name={looks[look].icon} size={isSmall ? 20 : 28} className={looks[look].tone} />
      <p className="mt-2 font-semibold">{title}</p>
      {children && <div className="mt-1 max-w-[52ch] text-[13px] text-muted">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
