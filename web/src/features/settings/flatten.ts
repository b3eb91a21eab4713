import { formatBytes, plural } from "@/shared/format/number";
import type { SettingValue } from "./useSettings";

export interface FlatSetting {
  /** `Risk:High` */
  path: string;
  section: string;
  name: string;
  value: SettingValue;
}

function isObject(value: SettingValue): value is { readonly [name: string]: SettingValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One row for each value of a document of any depth. */
export function flatten(settings: Record<string, SettingValue>): FlatSetting[] {
  const rows: FlatSetting[] = [];
  const walk = (value: SettingValue, path: string[]) => {
    if (isObject(value)) for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name]);
    else rows.push({ path: path.join(":"), section: path.length > 1 ? (path[0] ?? "") : "General", name: (path.length > 1 ? path.slice(1) : path).join(":"), value });
  };
  walk(settings, []);
  return rows;
}

/** The partial document that changes one value: `Risk:High` and 70 make {"Risk":{"High":70}}. */
export function nest(path: string, value: unknown): Record<string, unknown> {
  return path.split(":").reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as Record<string, unknown>;
}

/** A typed text as the kind of value it replaces; undefined if it cannot be one. */
export function parseLike(text: string, old: SettingValue): SettingValue | undefined {
  if (typeof old === "number") return text.trim() === "" || !Number.isFinite(Number(text)) ? undefined : Number(text);
  if (typeof old === "boolean") return text === "true" ? true : text === "false" ? false : undefined;
  if (Array.isArray(old)) return text.split(",").map((item) => item.trim()).filter((item) => item !== "");
  return text;
}

/** A value for reading: "30 days" for 30.00:00:00, "no limit" where 0 means that, else as it is. */
export function readValue({ name, value }: FlatSetting): string {
  if (value === 0 && /Max(Bytes|Age)$/.test(name)) return "no limit";
  if (typeof value === "number" && name.endsWith("Bytes")) return `${showValue(value)} (${formatBytes(value)})`;
  const span = typeof value === "string" ? /^(?:(\d+)\.)?(\d\d):(\d\d):(\d\d)$/.exec(value) : null;
  if (!span) return showValue(value);
  const parts = ["day", "hour", "minute", "second"].flatMap((unit, index) => (Number(span[index + 1] ?? 0) > 0 ? [plural(Number(span[index + 1]), unit)] : []));
  return parts.length === 0 ? "none" : parts.join(" ");
}

export function showValue(value: SettingValue): string {
  if (Array.isArray(value)) return value.length === 0 ? "(none)" : value.map(String).join(", ");
  return value === null || value === "" ? "(none)" : String(value);
}
