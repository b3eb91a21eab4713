import { Fragment } from "react";
import { clip, visible } from "@/shared/format/text";

/** Text from traffic: shown as it is, with what cannot be seen made visible, and cut where it is endless. A path (`isPath`) may break into lines behind its slashes. */
export function Untrusted({ text, most = 2_000, className = "", isPath = false }: { text: string; most?: number; className?: string; isPath?: boolean }) {
  const shown = visible(clip(text, most));
  return (
    <span dir="ltr" className={`font-mono text-[12.5px] ${className}`} title={className.includes("truncate") ? shown : undefined}>
      {isPath ? shown.split(/(?<=\/)/).map((piece, index) => <Fragment key={index}>{index > 0 && <wbr />}{piece}</Fragment>) : shown}
    </span>
  );
}
