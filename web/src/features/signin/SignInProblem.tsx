import { ApiProblem, describeProblem } from "@/shared/api/problem";

/** Why signing in did not work. */
export function SignInProblem({ error, isLink }: { error: unknown; isLink: boolean }) {
  const isRefused = error instanceof ApiProblem && (error.status === 401 || error.status === 403 || error.status === 400);
  const { title, advice } = describeProblem(error);
  const text = !isRefused
    ? `${title}. ${advice}`
    : isLink
      ? "This link was used before or has expired. Sign in with a key instead."
      : "The server does not accept this key: it may be mistyped, expired or revoked.";
  return (
    <p role="alert" className="tint-critical rounded-md px-3 py-2 text-[13px] text-critical">
      {text}
    </p>
  );
}
