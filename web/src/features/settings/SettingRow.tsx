import { useState } from "react";
import { describeProblem } from "@/shared/api/problem";
import { visible } from "@/shared/format/text";
import { Button } from "@/shared/ui/Button";
import { parseLike, nest, readValue, type FlatSetting } from "./flatten";
import { settingHint } from "./hints";
import { useChangeSettings } from "./useSettings";

interface Props {
  setting: FlatSetting;
  origin: string | null;
  isWritable: boolean;
}

/** One setting; a writable one unfolds into a field. */
export function SettingRow({ setting, origin, isWritable }: Props) {
  const [text, setText] = useState<string | null>(null);
  const change = useChangeSettings();
  const parsed = text === null ? undefined : parseLike(text, setting.value);
  const save = () => parsed !== undefined && change.mutate(nest(setting.path, parsed), { onSuccess: () => setText(null) });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(120px,1fr)] sm:grid-cols-[270px_1fr] items-start gap-x-4 border-t border-line py-2 first:border-0">
      <dt className="pt-0.5 font-medium break-words" data-hint={settingHint(setting.path) ?? undefined} tabIndex={settingHint(setting.path) ? 0 : undefined}>{setting.name}{isWritable && settingHint(setting.path) && <span className="block text-[12px] font-normal text-muted">{settingHint(setting.path)}</span>}</dt>
      <dd className="min-w-0">
        {text === null ? (
          <div className="flex flex-wrap items-center gap-x-3">
            <span className="font-mono text-[13px] break-all">{visible(readValue(setting))}</span>
            <span className="text-[12px] text-muted">{origin ? `from ${origin}` : "default"}</span>
            {isWritable && <Button look="quiet" className="-my-1 ml-auto" onClick={() => setText(Array.isArray(setting.value) ? setting.value.map(String).join(", ") : String(setting.value ?? ""))}>Change</Button>}
          </div>
        ) : (
          <form className="flex flex-wrap items-center gap-2" onSubmit={(event) => { event.preventDefault(); save(); }}>
            <input autoFocus aria-label={setting.path} className="field min-w-24 flex-1 font-mono text-[13px]" value={text} onChange={(event) => setText(event.target.value)} />
            <Button look="primary" type="submit" disabled={parsed === undefined || change.isPending}>Save</Button>
            <Button onClick={() => setText(null)}>Cancel</Button>
            {parsed === undefined && <p role="alert" className="w-full text-[13px] text-critical">This must be {typeof setting.value === "boolean" ? "true or false" : "a number"}.</p>}
            {change.isError && <p role="alert" className="w-full text-[13px] text-critical">Not saved. {describeProblem(change.error).detail || describeProblem(change.error).title}</p>}
          </form>
        )}
      </dd>
    </div>
  );
}
