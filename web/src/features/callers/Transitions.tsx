import { formatCompact } from "@/shared/format/number";
import { Icon } from "@/shared/ui/Icon";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { Untrusted } from "@/shared/ui/Untrusted";
import type { CallerDetail } from "./useCaller";

/** Which call follows which, the most frequent first. */
export function Transitions({ transitions }: { transitions: CallerDetail["transitions"] }) {
  const most = Math.max(1, ...transitions.map((step) => step.count));
  return (
    <Panel title="Order of calls" hint="Which endpoint follows which. People wander; programs repeat few steps.">
      {transitions.length === 0 ? (
        <Notice title="Too few calls to tell" isSmall />
      ) : (
        <ul className="space-y-1.5 text-[13px]">
          {transitions.slice(0, 12).map((step) => (
            <li key={`${step.from} ${step.to}`} className="relative flex items-center gap-2 overflow-hidden rounded-md px-2 py-1">
              <span className="tint-accent absolute inset-y-0 left-0 rounded-md" style={{ width: `${(step.count / most) * 100}%` }} />
              <span className="relative min-w-0 flex-1 truncate"><Untrusted text={step.from} most={60} /></span>
              <Icon name="next" size={13} className="relative text-faint" />
              <span className="relative min-w-0 flex-1 truncate"><Untrusted text={step.to} most={60} /></span>
              <span className="relative shrink-0 font-medium">{formatCompact(step.count)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
