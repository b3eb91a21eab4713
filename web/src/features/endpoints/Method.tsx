import { clip, visible } from "@/shared/format/text";

/** An HTTP method in a column's width; those that change something stand out. */
export function Method({ name }: { name: string }) {
  const isChange = !["GET", "HEAD", "OPTIONS"].includes(name);
  return <span className={`inline-block md:w-[54px] shrink-0 tracking-tight font-mono text-[11.5px] font-semibold ${isChange ? "text-accent" : "text-muted"}`}>{visible(clip(name, 8))}</span>;
}
