import { Link } from "react-router";
import { CopyButton } from "@/shared/ui/CopyButton";
import { Panel } from "@/shared/ui/Panel";

interface Way {
  title: string;
  text: string;
  command: string;
}

function waysTo(origin: string): Way[] {
  return [
    { title: "Try it with a log you have", text: "The lines keep their own times, so choose a time range above that holds them.", command: `tail -n 10000 access.log | curl -H "X-API-Key: $KEY" -H "Content-Type: text/plain" --data-binary @- ${origin}/logs` },
    { title: "Follow a log as it grows", text: "Here rotation is followed too; the file is named when the server starts.", command: "VEDETTE__INPUTS__FILES=/var/log/nginx/access.log vedette serve" },
    { title: "Send spans by OpenTelemetry", text: "OTLP over HTTP; only server spans count.", command: `OTEL_EXPORTER_OTLP_ENDPOINT=${origin} OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_EXPORTER_OTLP_HEADERS="X-API-Key=$KEY"` },
  ];
}

/** What to do with a server to which nothing has come yet. */
export function FirstSteps({ className }: { className?: string }) {
  return (
    <Panel title="How traffic comes here" className={className}>
      <ol className="divide-y divide-line">
        {waysTo(window.location.origin).map((way) => (
          <li key={way.title} className="py-2.5 first:pt-0">
            <div className="flex items-center justify-between gap-3">
              <h3 className="font-medium">{way.title}</h3>
              <CopyButton label="Copy" text={() => way.command} />
            </div>
            <p className="text-[13px] text-muted">{way.text}</p>
            <code className="mt-1.5 block rounded-md border border-line bg-sunken px-3 py-2 font-mono text-[12.5px] break-all">{way.command}</code>
          </li>
        ))}
      </ol>
      <p className="mt-1 text-[13px] text-muted">
        $KEY is a key of the role ingest: <Link to="/settings/keys" className="text-accent hover:underline">make one</Link>. Signatures and baselines watch from the first request; the learned models join after the warm-up.
      </p>
    </Panel>
  );
}
