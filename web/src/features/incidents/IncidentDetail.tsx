import { Drivers } from "@/shared/incident/Drivers";
import { EvidenceList } from "@/shared/incident/EvidenceList";
import { References } from "@/shared/incident/References";
import { Votes } from "@/shared/incident/Votes";
import { Button } from "@/shared/ui/Button";
import { Loaded } from "@/shared/ui/Loaded";
import { Panel } from "@/shared/ui/Panel";
import { AllRequests } from "./AllRequests";
import { FeedbackBar } from "./FeedbackBar";
import { IncidentHead } from "./IncidentHead";
import { IncidentTimeline } from "./IncidentTimeline";
import { Members } from "./Members";
import { RelatedIncidents } from "./RelatedIncidents";
import { useIncident } from "./useIncident";

/** All that is known of an incident, in the order of questions: what and who, why, since when, proof, what else. */
export function IncidentDetail({ id, onBack }: { id: string; onBack: () => void }) {
  const query = useIncident(id);
  return (
    <article className="space-y-3" aria-label="Incident">
      <div className="lg:hidden">
        <Button look="quiet" icon="back" onClick={onBack} className="-ml-2">
          All incidents
        </Button>
      </div>
      <Loaded query={query} skeleton={<div className="space-y-3"><div className="skeleton h-48" /><div className="skeleton h-64" /></div>}>
        {(incident) => (
          <>
            <IncidentHead incident={incident} />
            <FeedbackBar incident={incident} />
            <div className="grid grid-cols-1 gap-3 xl:grid-cols-2">
              <Panel title="Why: actual against typical" hint="The numbers that drove the verdict, beside what is normal here for this endpoint and kind of caller.">
                <Drivers drivers={incident.drivers} />
              </Panel>
              <Panel title="Votes" hint="What each detector and model said, 0 ordinary to 1 certain.">
                <Votes votes={incident.models} />
              </Panel>
            </div>
            <IncidentTimeline incident={incident} />
            <Panel title="Requests that prove it" hint="As they were logged, secrets masked. Shown as text: nothing in them is executed." aside={<AllRequests incident={incident} />}>
              <EvidenceList evidence={incident.evidence} />
            </Panel>
            <div className="grid grid-cols-1 gap-3 empty:hidden xl:grid-cols-2">
              <Members incident={incident} />
              <RelatedIncidents incidents={incident.related} />
            </div>
            <References owaspApi={incident.owasp_api} mitre={incident.mitre_attack} />
          </>
        )}
      </Loaded>
    </article>
  );
}
