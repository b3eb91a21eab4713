interface Props {
  name: string;
  label: string;
  hint: string;
  sort: string;
  onSort: (name: string) => void;
  className?: string;
}

/** The head of a column of numbers, by which the table can be ordered, the largest first. */
export function SortHeader({ name, label, hint, sort, onSort, className = "" }: Props) {
  const isSorted = sort === name;
  return (
    <th scope="col" aria-sort={isSorted ? "descending" : undefined} className={`py-2 pr-4 text-right font-normal ${className}`}>
      <button type="button" onClick={() => onSort(name)} data-hint={hint} className={`whitespace-nowrap hover:text-ink ${isSorted ? "font-semibold text-ink" : ""}`}>
        {label}
        {isSorted ? " ↓" : ""}
      </button>
    </th>
  );
}
