import type { Stats } from "@/shared/api/useStats";
import { Notice } from "@/shared/ui/Notice";
import { Panel } from "@/shared/ui/Panel";

/** What Vedette cannot see here, so that silence is not mistaken for safety. */
export function NotWatched({ stats, className }: { stats: Stats; className?: string }) {
  return (
    <Panel title="Not being watched" hint="What the traffic does not tell. Attacks of these kinds would go unseen." className={className}>
      {stats.not_watched.length === 0 ? (
        <Notice look="good" title="Nothing is missing" isSmall>The traffic tells all that the detectors use.</Notice>
      ) : (
        <ul className="list-disc space-y-1.5 pl-4 text-[13px] marker:text-faint">
          {stats.not_watched.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
