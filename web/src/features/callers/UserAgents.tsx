import { formatCompact } from "@/shared/format/number";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { Untrusted } from "@/shared/ui/Untrusted";
import type { CallerDetail } from "./useCaller";

/** What the caller says it is. */
export function UserAgents({ agents }: { agents: CallerDetail["user_agents"] }) {
  return (
    <Panel title="User agents" hint="What the caller says it is; anybody can say anything.">
      {agents.length === 0 ? (
        <Notice title="It names none" isSmall />
      ) : (
        <ul className="space-y-1 text-[13px]">
          {agents.slice(0, 10).map((agent) => (
            <li key={agent.user_agent} className="flex justify-between gap-3">
              <span className="min-w-0 truncate"><Untrusted text={agent.user_agent || "(empty)"} most={200} /></span>
              <span className="shrink-0">{formatCompact(agent.count)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
