import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { Notice } from "@/shared/ui/Notice";
import { Problem } from "@/shared/ui/Problem";
import { LogLine, logColumns } from "./LogLine";
import type { LogRow } from "./logs";
import type { RowWindow, WindowState } from "./RowWindow";

const rowHeight = 31;

interface Props {
  rows: RowWindow<LogRow>;
  state: WindowState;
  isFiltered: boolean;
  onOpen: (row: LogRow) => void;
}

/** Only the rows in sight are in the document. */
export function LogList({ rows, state, isFiltered, onOpen }: Props) {
  const box = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer is read while rendering, and nothing here is memoised on it
  const virtual = useVirtualizer({ count: state.count + (state.hasMore ? 1 : 0), getScrollElement: () => box.current, estimateSize: () => rowHeight, overscan: 12 });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => rows.see(first, last), [rows, first, last, state.count]);

  if (state.error && state.count === 0) return <div className="panel flex-1"><Problem error={state.error} onRetry={() => rows.retry()} /></div>;
  if (!state.hasMore && state.count === 0) return <div className="panel flex-1"><Notice title={isFiltered ? "No request passes these filters" : "No request is stored from this time"}>{isFiltered ? "Clear a filter or choose a longer time." : "Choose a longer time. Older days are deleted after the time set by Storage:MaxAge."}</Notice></div>;
  return (
    <div ref={box} className="panel relative min-h-0 flex-1 overflow-auto" tabIndex={0} role="region" aria-label="Requests">
      <div className={`sticky top-0 z-10 border-b border-line bg-surface text-[12px] text-muted ${logColumns}`}>
        <span>Time</span><span>Status</span><span className="hidden md:block">Method</span><span>Path</span><span className="hidden text-right md:block">Time taken</span><span className="hidden md:block">Caller</span><span className="text-right">Score</span>
      </div>
      <div style={{ height: virtual.getTotalSize() }} className="relative">
        {items.map((item) => (
          <div key={item.key} className="absolute inset-x-0" style={{ transform: `translateY(${item.start}px)`, height: rowHeight }}>
            <LogLine row={rows.row(item.index)} onOpen={onOpen} />
          </div>
        ))}
      </div>
      {state.error !== null && <div className="sticky bottom-0 border-t border-line bg-surface"><Problem error={state.error} onRetry={() => rows.retry()} isSmall /></div>}
    </div>
  );
}
