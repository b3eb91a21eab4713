import { useState } from "react";
import { useSearchParams } from "react-router";
import { Button } from "@/shared/ui/Button";
import { Select } from "@/shared/ui/Field";
import { SearchField } from "@/shared/ui/SearchField";
import { logFilterNames, readLogFilters, type LogFilters } from "./logs";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const statuses = ["2xx", "3xx", "4xx", "5xx", "401", "403", "404", "429", "500", "502", "503"];

/** Filters of the requests, kept in the address. */
export function LogFilterBar() {
  const [search, setSearch] = useSearchParams();
  const filters = readLogFilters(search);
  // On a phone the lesser filters would push the list out of sight.
  const [isWide, setWide] = useState(false);
  const change = (part: Partial<LogFilters>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(part)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setSearch(next, { replace: true });
  };
  const none = Object.fromEntries(logFilterNames.map((name) => [name, ""])) as LogFilters;
  return (
    <div className="flex flex-wrap gap-2">
      <SearchField label="Text in the request" value={filters.q} onChange={(q) => change({ q })} className="min-w-44 flex-1" />
      <Button look="quiet" className="md:hidden" aria-expanded={isWide} onClick={() => setWide(!isWide)}>{isWide ? "Fewer" : "More"}</Button>
      <div className={`flex-wrap gap-2 md:flex ${isWide ? "flex" : "hidden"}`}>
        <SearchField label="Endpoint" value={filters.endpoint} onChange={(endpoint) => change({ endpoint })} className="w-44" />
        <Select label="Method" value={filters.method} onChange={(event) => change({ method: event.target.value })}>
          <option value="">Any method</option>
          {methods.map((method) => <option key={method}>{method}</option>)}
        </Select>
        <Select label="Status" value={filters.status} onChange={(event) => change({ status: event.target.value })}>
          <option value="">Any status</option>
          {statuses.map((status) => <option key={status}>{status}</option>)}
          {filters.status && !statuses.includes(filters.status) && <option>{filters.status}</option>}
        </Select>
        <SearchField label="Address" value={filters.client_ip} onChange={(client_ip) => change({ client_ip })} className="w-32" />
        <SearchField label="User" value={filters.user} onChange={(user) => change({ user })} className="w-28" />
        <SearchField label="Slower, ms" value={filters.min_duration_ms} onChange={(value) => change({ min_duration_ms: value.replaceAll(/[^\d.]/g, "") })} className="w-32" />
      </div>
      {logFilterNames.some((name) => filters[name]) && <Button look="quiet" icon="close" onClick={() => change(none)}>Clear</Button>}
    </div>
  );
}
