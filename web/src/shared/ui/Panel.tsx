import type { ReactNode } from "react";

interface Props {
  title: string;
  /** Explains what is shown, on hover of the title. */
  hint?: string;
  /** At the right of the title. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A titled box. */
export function Panel({ title, hint, aside, className = "", children }: Props) {
  return (
    <section className={`panel flex min-w-0 flex-col ${className}`}>
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 px-4 pt-2.5">
        <h2 className="text-[13px] font-semibold">
          {hint ? (
            <span data-hint={hint} tabIndex={0} className="cursor-help decoration-line-strong decoration-dotted underline-offset-4 hover:underline">
              {title}
            </span>
          ) : (
            title
          )}
        </h2>
        {aside && <div className="text-[12.5px] text-muted">{aside}</div>}
      </header>
      <div className="min-h-0 flex-1 px-4 pt-1 pb-4">{children}</div>
    </section>
  );
}
