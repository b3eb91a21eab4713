import { clip, visible } from "@/shared/format/text";

/** Text from traffic: shown as it is, with what cannot be seen made visible, and cut where it is endless. */
export function Untrusted({ text, most = 2_000, className = "" }: { text: string; most?: number; className?: string }) {
  const shown = visible(clip(text, most));
  return (
    <span dir="ltr" className={`font-mono text-[12.5px] ${className}`} title={className.includes("truncate") ? shown : undefined}>
      {shown}
    </span>
  );
}
