import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from "react";
import { Icon } from "./Icon";

/** A select with a visible or a spoken label. */
export function Select({ label, children, className = "", ...rest }: SelectHTMLAttributes<HTMLSelectElement> & { label: string }) {
  return (
    <span className={`relative inline-flex min-w-0 ${className}`}>
      <select aria-label={label} {...rest} className="field w-full cursor-pointer appearance-none truncate pr-7">
        {children}
      </select>
      <Icon name="down" size={14} className="pointer-events-none absolute top-[9px] right-2 text-muted" />
    </span>
  );
}

/** A text field named by its placeholder. */
export function TextInput({ label, className = "", ...rest }: InputHTMLAttributes<HTMLInputElement> & { label: string }) {
  return <input type="text" aria-label={label} placeholder={label} autoComplete="off" spellCheck={false} {...rest} className={`field ${className}`} />;
}

/** A labelled control with a line of explanation below. */
export function Labelled({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <label className="block">
      <span className="mb-1 block text-[12.5px] font-medium">{label}</span>
      {children}
      {hint && <span className="mt-1 block text-[12.5px] text-muted">{hint}</span>}
    </label>
  );
}
