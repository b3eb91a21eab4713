import { describeProblem } from "@/shared/api/problem";
import { visible } from "@/shared/format/text";
import { Button } from "./Button";
import { Notice } from "./Notice";

/** A failed request: what happened, what to do, and a way to try again. */
export function Problem({ error, onRetry, isSmall }: { error: unknown; onRetry?: () => void; isSmall?: boolean }) {
  const { title, detail, advice } = describeProblem(error);
  return (
    <Notice look="problem" title={title} isSmall={isSmall} action={onRetry && <Button onClick={onRetry}>Try again</Button>}>
      {detail && <p className="mb-1 break-words text-ink">{visible(detail)}</p>}
      <p>{advice}</p>
    </Notice>
  );
}
