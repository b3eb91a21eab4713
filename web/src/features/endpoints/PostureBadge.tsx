import type { Posture } from "@/shared/api/traffic";
import { formatShare } from "@/shared/format/number";
import { visible } from "@/shared/format/text";

const texts: Record<Posture, string> = { authenticated: "signed in", mixed: "mixed", anonymous: "open" };

/** Who may call: signed-in callers, anybody, or both; and what sensitive things pass through. */
export function PostureBadge({ posture, share, sensitive }: { posture: Posture; share: number; sensitive: readonly string[] }) {
  const isOpen = posture !== "authenticated" && sensitive.length > 0;
  return (
    <span className="flex gap-1.5 whitespace-nowrap">
      <span className={`rounded-[5px] border px-1.5 text-[12px] ${isOpen ? "border-transparent tint-medium text-medium" : "border-line text-muted"}`} data-hint={`${formatShare(share)} of the requests name a user, session or key.${isOpen ? " It carries sensitive data: is that intended?" : ""}`}>
        {texts[posture] ?? posture}
      </span>
      {sensitive.map((hint) => (
        <span key={hint} className="rounded-[5px] border border-line px-1.5 text-[12px] text-muted" data-hint="Judged by names in paths and parameters.">
          {visible(hint)}
        </span>
      ))}
    </span>
  );
}
