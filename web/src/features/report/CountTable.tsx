import { useState } from "react";
import { formatBytes, formatCompact, formatMs, formatShare } from "@/shared/format/number";
import { Button } from "@/shared/ui/Button";
import { Notice } from "@/shared/ui/Notice";
import { Untrusted } from "@/shared/ui/Untrusted";
import type { CountRow } from "./data";

const few = 10;
const cell = "border-t border-line py-1 pl-3 text-right whitespace-nowrap";

/** Counted things with the share of errors and the bytes; the first ten, then all. `isPlain` shows the number of requests alone. */
export function CountTable({ label, rows, hasTimes = false, isPlain = false }: { label: string; rows: readonly CountRow[]; hasTimes?: boolean; isPlain?: boolean }) {
  const [isLong, setLong] = useState(false);
  if (rows.length === 0) return <Notice title="The log tells none" isSmall />;
  const times = hasTimes && rows.some((row) => row.mean_ms !== null);
  return (
    <>
      <table className="w-full text-[13px]">
        <thead className="text-[12px] text-muted">
          <tr>
            <th scope="col" className="w-full pb-1 text-left font-normal">{label}</th>
            <th scope="col" className="pb-1 pl-3 text-right font-normal">Requests</th>
            {!isPlain && <th scope="col" className="pb-1 pl-3 text-right font-normal">Errors</th>}
            {!isPlain && <th scope="col" className="hidden pb-1 pl-3 text-right font-normal sm:table-cell">Sent</th>}
            {times && <th scope="col" className="pb-1 pl-3 text-right font-normal">Mean</th>}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, isLong ? rows.length : few).map((row) => (
            <tr key={row.text}>
              <td className="max-w-0 truncate border-t border-line py-1"><Untrusted text={row.text || "(empty)"} most={300} /></td>
              <td className={cell}>{formatCompact(row.requests)}</td>
              {!isPlain && <td className={`${cell} ${row.errors > row.requests * 0.3 ? "text-high" : "text-muted"}`}>{formatShare(row.requests ? row.errors / row.requests : 0)}</td>}
              {!isPlain && <td className={`hidden text-muted sm:table-cell ${cell}`}>{formatBytes(row.bytes)}</td>}
              {times && <td className={`${cell} text-muted`}>{formatMs(row.mean_ms)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > few && <Button look="quiet" className="mt-1 -ml-3 print:hidden" onClick={() => setLong(!isLong)}>{isLong ? "Show fewer" : `Show all ${rows.length}`}</Button>}
    </>
  );
}
