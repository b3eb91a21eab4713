import type { ButtonHTMLAttributes } from "react";
import { Icon, type IconName } from "./Icon";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: "primary" | "plain" | "quiet" | "danger";
  icon?: IconName;
  /** Why it cannot be pressed; it is disabled while this is set, and says so on hover and focus. */
  refused?: string | null;
}

const looks = {
  primary: "bg-accent-fill text-white border-transparent hover:brightness-110",
  plain: "bg-surface border-line-strong hover:bg-sunken",
  quiet: "border-transparent text-muted hover:text-ink hover:bg-sunken",
  danger: "bg-surface border-line-strong text-critical hover:tint-critical",
};

/** A button. A refused one stays focusable, so that its reason can be read by keyboard. */
export function Button({ look = "plain", icon, refused, className = "", children, onClick, ...rest }: Props) {
  const isOff = Boolean(refused) || rest.disabled;
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={isOff || undefined}
      data-hint={refused ?? (rest as { "data-hint"?: string })["data-hint"]}
      onClick={refused ? undefined : onClick}
      className={`inline-flex h-[32px] items-center justify-center gap-1.5 rounded-[7px] border px-3 font-medium whitespace-nowrap transition-colors ${looks[look]} ${isOff ? "cursor-not-allowed opacity-50" : ""} ${className}`}
    >
      {icon && <Icon name={icon} size={15} />}
      {children}
    </button>
  );
}

/** A button that is only an icon; `label` is its name. */
export function IconButton({ icon, label, className = "", ...rest }: Omit<Props, "children" | "look"> & { icon: IconName; label: string }) {
  return (
    <button type="button" aria-label={label} data-hint={label} {...rest} className={`inline-flex size-[32px] items-center justify-center rounded-[7px] text-muted hover:bg-sunken hover:text-ink ${className}`}>
      <Icon name={icon} size={17} />
    </button>
  );
}
