const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

/** 1,234,567 */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** 1.23M from 10,000 on; below in full. */
export function formatCompact(value: number): string {
  return Math.abs(value) < 10_000 ? whole.format(value) : compact.format(value);
}

/** A number with as many digits as matter: 0.042, 3.1, 1,204. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 100) return whole.format(value);
  return new Intl.NumberFormat("en", { maximumSignificantDigits: size >= 1 ? 3 : 2 }).format(value);
}

/** A share of 1 as per cent: 0.4%, 12.3%, 98%. */
export function formatShare(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const percent = value * 100;
  if (percent > 0 && percent < 0.01) return "<0.01%";
  const digits = percent === 0 || percent >= 99.95 ? 0 : percent < 1 ? 2 : percent < 20 ? 1 : 0;
  return `${percent.toFixed(digits)}%`;
}

/** A probability that is a guess: below one in a hundred its digits mean nothing. */
export function formatChance(value: number | null | undefined): string {
  return typeof value === "number" && value > 0 && value < 0.01 ? "<1%" : formatShare(value);
}

/** Milliseconds: 0.4 ms, 38 ms, 1.2 s. */
export function formatMs(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (value >= 1000) return `${formatNumber(value / 1000)} s`;
  return `${value >= 10 ? whole.format(value) : formatNumber(value)} ms`;
}

/** Bytes in powers of 1024: 512 B, 1.4 MiB. */
export function formatBytes(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let size = value;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 ? whole.format(size) : formatNumber(size)} ${units[unit]}`;
}

/** One noun for one, the other for the rest: "1 request", "12 requests". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
