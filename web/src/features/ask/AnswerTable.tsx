import { Fragment } from "react";
import type { Answer } from "./useAsk";
import { AnswerCell } from "./AnswerCell";

const mostRows = 500;
const numeric = new Set(["number", "percent", "ms", "bytes"]);

/** Paths and names wrap in a width that reads well; everything else stays on one line. */
function widthOf(column: Answer["columns"][number]): string {
  return column.type === "endpoint" || column.name === "path" || column.name === "query" || column.name === "actor" ? "md:min-w-36" : "md:whitespace-nowrap";
}

/** The answer's rows; the first 500, for a person reads no more. On a phone each row is a list of its columns. */
export function AnswerTable({ answer }: { answer: Answer }) {
  // What happened is a text: it stands below its row instead of beside it.
  const told = answer.columns.findIndex((column) => column.name === "explanation");
  const columns = answer.columns.map((column, at) => ({ column, at })).filter(({ at }) => at !== told);
  return (
    <div className="panel overflow-x-auto" tabIndex={0} role="region" aria-label="Answer">
      <table className="w-full text-[13px] max-md:block md:min-w-[820px]">
        <thead className="text-[12px] text-muted max-md:hidden">
          <tr>
            {columns.map(({ column }) => (
              <th key={column.name} scope="col" className={`px-3 py-2 font-normal whitespace-nowrap ${numeric.has(column.type) ? "text-right" : "text-left"}`}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-md:block">
          {answer.rows.slice(0, mostRows).map((row, index) => (
            <Fragment key={index}>
              <tr className="border-t border-line first:border-0 max-md:block max-md:pt-2 md:first:border-t">
                {columns.map(({ column, at }) => (
                  <td key={column.name} className={`align-top max-md:flex max-md:gap-3 max-md:px-4 max-md:py-0.5 md:px-3 md:pt-2 ${told < 0 ? "md:pb-2" : ""} ${widthOf(column)} ${numeric.has(column.type) ? "md:text-right" : ""}`}>
                    <span className="w-24 shrink-0 text-muted md:hidden">{column.label}</span>
                    <AnswerCell type={column.type} name={column.name} value={row[at] ?? null} />
                  </td>
                ))}
              </tr>
              {told >= 0 && (
                <tr className="max-md:block max-md:pb-2">
                  <td colSpan={columns.length} className="px-3 pb-2 max-md:block max-md:px-4">
                    <AnswerCell type="text" name="explanation" value={row[told] ?? null} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
      {answer.rows.length > mostRows && <p className="border-t border-line px-4 py-2 text-muted">The first {mostRows} of {answer.rows.length} rows. Narrow the question to see the rest.</p>}
    </div>
  );
}
