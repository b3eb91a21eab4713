import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { describeProblem } from "@/shared/api/problem";
import { TimeText } from "./TimeText";
import { Problem } from "./Problem";
import { Waiting } from "./Waiting";

interface Props<T> {
  query: UseQueryResult<T>;
  /** In place of the data while it is first loaded. */
  skeleton?: ReactNode;
  isSmall?: boolean;
  children: (data: T) => ReactNode;
}

/** The four states of what a request brings: loading, failed, there, and there but stale because asking again failed. */
export function Loaded<T>({ query, skeleton, isSmall, children }: Props<T>) {
  if (query.data === undefined) {
    if (query.isError) return <Problem error={query.error} onRetry={() => void query.refetch()} isSmall={isSmall} />;
    return <Waiting failure={query.failureReason}>{skeleton ?? <div className="skeleton h-24" />}</Waiting>;
  }
  return (
    <>
      {query.isError && (
        <p role="status" className="tint-medium mb-2 rounded-md px-3 py-1.5 text-[12.5px] text-medium">
          {describeProblem(query.error).title}. Shown as of <TimeText time={query.dataUpdatedAt} look="clock" />.
        </p>
      )}
      {children(query.data)}
    </>
  );
}
