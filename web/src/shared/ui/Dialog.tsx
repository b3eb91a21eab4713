import { useEffect, useRef, type ReactNode } from "react";
import { IconButton } from "./Button";

/** A modal dialog on the browser's own element: focus stays inside, Escape closes. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === element.current && onClose()}
      className="m-auto w-[min(560px,calc(100vw-24px))] rounded-xl border border-line-strong bg-raised p-0 shadow-2xl backdrop:bg-[rgb(0_0_0/0.5)]"
    >
      <header className="flex items-center justify-between border-b border-line py-2.5 pr-2.5 pl-5">
        <h2 className="font-semibold">{title}</h2>
        <IconButton icon="close" label="Close" onClick={onClose} />
      </header>
      <div className="px-5 py-4">{children}</div>
    </dialog>
  );
}
