import { Logo } from "@/shared/ui/Logo";

/** While the first answer is awaited. */
export function Starting() {
  return (
    <div role="status" className="flex min-h-dvh items-center justify-center gap-3 text-muted">
      <Logo size={28} />
      <span>Starting…</span>
    </div>
  );
}
