import { humanize, visible } from "@/shared/format/text";
import { Button } from "@/shared/ui/Button";
import { Loaded } from "@/shared/ui/Loaded";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";
import { TimeText } from "@/shared/ui/TimeText";
import { useAudit } from "./useAudit";

/** Who changed what, and from where. */
export function AuditSection() {
  const query = useAudit();
  return (
    <Panel title="Audit" hint="Sign-ins, keys, settings, verdicts and decisions, newest first. Entries cannot be changed.">
      <Loaded query={query} skeleton={<div className="skeleton h-40" />}>
        {(data) => {
          const entries = data.pages.flatMap((page) => page.items);
          if (entries.length === 0) return <Notice title="Nothing has been changed yet" isSmall />;
          return (
            <>
              <ul className="divide-y divide-line text-[13px]">
                {entries.map((entry, index) => (
                  <li key={`${entry.time}${index}`} className="flex flex-wrap gap-x-3 py-2">
                    <span className="text-muted"><TimeText time={entry.time} /></span>
                    <span className="font-medium">{visible(entry.by)}</span>
                    <span>{humanize(entry.action.replaceAll(".", " "))}</span>
                    <span className="min-w-0 flex-1 break-all">{visible(entry.target ?? "")}</span>
                    <span className="font-mono text-[12.5px] text-muted">{visible(entry.address ?? "")}</span>
                  </li>
                ))}
              </ul>
              {query.hasNextPage && <Button className="mt-3" onClick={() => void query.fetchNextPage()}>Show older</Button>}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}
