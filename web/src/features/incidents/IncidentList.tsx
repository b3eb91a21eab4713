import { useEffect, useRef } from "react";
import type { Incident } from "@/shared/api/incident";
import { Button } from "@/shared/ui/Button";
import { IncidentItem } from "./IncidentItem";

interface Props {
  incidents: readonly Incident[];
  selected: string | undefined;
  onSelect: (id: string) => void;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
}

/** The triage list. The selected one is kept in view. */
export function IncidentList({ incidents, selected, onSelect, hasMore, isLoadingMore, onMore }: Props) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    <div className="panel min-h-0 overflow-y-auto lg:flex-1" tabIndex={0} aria-label="Incidents" role="region">
      <ul ref={list} className="divide-y divide-line">
        {incidents.map((incident) => (
          <li key={incident.id}>
            <IncidentItem incident={incident} isSelected={incident.id === selected} onSelect={onSelect} />
          </li>
        ))}
      </ul>
      {hasMore && (
        <div className="p-3 text-center">
          <Button onClick={onMore} disabled={isLoadingMore}>
            {isLoadingMore ? "Loading…" : "Show older"}
          </Button>
        </div>
      )}
    </div>
  );
}
