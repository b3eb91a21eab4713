import { useSearchParams } from "react-router";
import { incidentTypes, typeInfo } from "@/shared/incident/types";
import { Button } from "@/shared/ui/Button";
import { Select } from "@/shared/ui/Field";
import { SearchField } from "@/shared/ui/SearchField";
import { isFiltered, readFilters, writeFilters, type IncidentFilters } from "./filters";

const risks = [
  { value: "", label: "Any risk" },
  { value: "80", label: "Critical" },
  { value: "60", label: "High and above" },
  { value: "40", label: "Medium and above" },
];

/** Filters of the list; each change is in the address, so that a link shows the same. */
export function FilterBar() {
  const [search, setSearch] = useSearchParams();
  const filters = readFilters(search);
  const change = (part: Partial<IncidentFilters>) => setSearch(writeFilters(search, part), { replace: true });
  return (
    <div className="flex flex-wrap gap-2">
      <SearchField label="Search incidents" value={filters.q} onChange={(q) => change({ q })} className="min-w-40 flex-1" />
      <Select label="Risk" value={filters.min_risk} onChange={(event) => change({ min_risk: event.target.value })}>
        {risks.map((risk) => (
          <option key={risk.value} value={risk.value}>
            {risk.label}
          </option>
        ))}
      </Select>
      <Select label="Type" value={filters.type} onChange={(event) => change({ type: event.target.value })} className="grow">
        <option value="">Any type</option>
        {incidentTypes.map((type) => (
          <option key={type} value={type}>
            {typeInfo(type).title}
          </option>
        ))}
      </Select>
      <Select label="Verdict" value={filters.verdict} onChange={(event) => change({ verdict: event.target.value })} className="grow">
        <option value="">Any verdict</option>
        <option value="none">Not judged</option>
        <option value="confirmed">Confirmed</option>
        <option value="false_positive">False positive</option>
        <option value="benign">Benign</option>
      </Select>
      {isFiltered(filters) && (
        <Button look="quiet" icon="close" onClick={() => change({ level: "", type: "", verdict: "", actor: "", endpoint: "", min_risk: "", q: "" })}>
          Clear
        </Button>
      )}
      {(["actor", "endpoint", "level"] as const).map((name) =>
        filters[name] ? (
          <Button key={name} look="quiet" icon="close" onClick={() => change({ [name]: "" })}>
            {name}: {filters[name].slice(0, 40)}
          </Button>
        ) : null,
      )}
    </div>
  );
}
