import { useEffect, useRef, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useSessionQuery } from "@/shared/session/useSessionQuery";
import { Button } from "@/shared/ui/Button";
import { Logo } from "@/shared/ui/Logo";
import { SignInProblem } from "./SignInProblem";
import { useSignIn } from "./useSignIn";

/** Only paths of this application: a link must not lead elsewhere after signing in. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}

/** Sign-in with a key, or at once with the token of a one-time link. */
export function SignInPage() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const session = useSessionQuery();
  const signIn = useSignIn();
  const [key, setKey] = useState("");
  const token = search.get("token");
  const used = useRef(false);
  const { mutate } = signIn;

  useEffect(() => {
    // A link works once: the effect that React runs twice in development must not spend it.
    if (!token || used.current) return;
    used.current = true;
    mutate({ token });
  }, [token, mutate]);

  useEffect(() => {
    if (session.data?.signed_in) void navigate(safeNext(search.get("next")), { replace: true });
  }, [session.data, navigate, search]);

  return (
    <main className="flex min-h-dvh items-center justify-center px-4">
      <div className="w-full max-w-[380px]">
        <div className="mb-6 flex items-center gap-3">
          <Logo size={36} />
          <div>
            <h1 className="text-[19px] leading-tight font-semibold tracking-tight">Vedette</h1>
            <p className="text-muted">Watches your HTTP APIs</p>
          </div>
        </div>
        <form
          className="panel space-y-3 p-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (key.trim()) mutate({ key: key.trim() });
          }}
        >
          <label className="block">
            <span className="mb-1 block font-medium">API key</span>
            <input type="password" autoFocus autoComplete="current-password" className="field h-10 w-full font-mono" value={key} onChange={(event) => setKey(event.target.value)} placeholder="vdt_…" />
          </label>
          <Button look="primary" type="submit" className="min-h-10 w-full" disabled={signIn.isPending || !key.trim()}>
            {signIn.isPending ? "Signing in…" : "Sign in"}
          </Button>
          {signIn.isError && <SignInProblem error={signIn.error} isLink={Boolean(token) && !key} />}
        </form>
        <p className="mt-4 text-[13px] text-muted">
          The first start of the server prints an administrator's key once. Lost it? <code className="font-mono text-ink">vedette keys create --role viewer</code> on the server makes another.
        </p>
      </div>
    </main>
  );
}
