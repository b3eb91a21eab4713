import type { Answer } from "./useAsk";
import { AnswerCell } from "./AnswerCell";

const mostRows = 500;
const numeric = new Set(["number", "percent", "ms"]);

/** Long texts wrap in a width that reads well; everything else stays on one line. */
function widthOf(column: Answer["columns"][number]): string {
  if (column.name === "explanation") return "min-w-80";
  return column.type === "endpoint" || column.name === "path" || column.name === "query" || column.name === "actor" ? "min-w-44" : "whitespace-nowrap";
}

/** The answer's rows; the first 500, for a person reads no more. */
export function AnswerTable({ answer }: { answer: Answer }) {
  return (
    <div className="panel overflow-x-auto" tabIndex={0} role="region" aria-label="Answer">
      <table className="w-full min-w-[820px] text-[13px]">
        <thead className="text-[12px] text-muted">
          <tr>
            {answer.columns.map((column) => (
              <th key={column.name} scope="col" className={`px-4 py-2 font-normal whitespace-nowrap ${numeric.has(column.type) ? "text-right" : "text-left"}`}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.slice(0, mostRows).map((row, index) => (
            <tr key={index} className="hover:bg-sunken">
              {answer.columns.map((column, at) => (
                <td key={column.name} className={`border-t border-line px-4 py-2 align-top ${widthOf(column)} ${numeric.has(column.type) ? "text-right" : ""}`}>
                  <AnswerCell type={column.type} name={column.name} value={row[at] ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {answer.rows.length > mostRows && <p className="border-t border-line px-4 py-2 text-muted">The first {mostRows} of {answer.rows.length} rows. Narrow the question to see the rest.</p>}
    </div>
  );
}
