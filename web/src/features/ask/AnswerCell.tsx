import { Link } from "react-router";
import { formatBytes, formatMs, formatNumber, formatShare } from "@/shared/format/number";
import { clip, visible } from "@/shared/format/text";
import { readable } from "@/shared/incident/readable";
import { typeInfo } from "@/shared/incident/types";
import { ActorLink } from "@/shared/ui/ActorLink";
import { TimeText } from "@/shared/ui/TimeText";
import { Untrusted } from "@/shared/ui/Untrusted";
import type { ColumnType } from "./useAsk";

function Explanation({ text }: { text: string }) {
  return <span className="line-clamp-2 max-w-[140ch] break-words text-muted" title={text}>{text}</span>;
}

/** One value in the way of its column, leading to its page where there is one. */
export function AnswerCell({ type, name, value }: { type: ColumnType; name: string; value: string | number | null }) {
  if (value === null || value === "") return <span className="text-muted">–</span>;
  const text = String(value);
  switch (type) {
    case "number":
      return typeof value === "number" ? formatNumber(value) : <Untrusted text={text} />;
    case "percent":
      return formatShare(Number(value));
    case "ms":
      return formatMs(Number(value));
    case "bytes":
      return formatBytes(Number(value));
    case "time":
      return <TimeText time={text} />;
    case "endpoint":
      return <ActorLink actor={{ kind: "endpoint", value: text }} />;
    case "ip":
      return <ActorLink actor={{ kind: "ip", value: text }} />;
    case "incident":
      return <Link to={`/incidents/${encodeURIComponent(text)}`} className="text-accent hover:underline"><Untrusted text={text} most={40} /></Link>;
    default:
      if (name === "explanation") return <Explanation text={visible(clip(readable(text), 400))} />;
      return name === "type" ? typeInfo(text).title : <Untrusted text={text} most={300} className="break-all" />;
  }
}
