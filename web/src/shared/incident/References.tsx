import { Icon } from "@/shared/ui/Icon";

const owasp: Record<string, string> = {
  "API1:2023": "Broken object level authorization",
  "API2:2023": "Broken authentication",
  "API3:2023": "Broken object property level authorization",
  "API4:2023": "Unrestricted resource consumption",
  "API5:2023": "Broken function level authorization",
  "API6:2023": "Unrestricted access to sensitive business flows",
  "API7:2023": "Server side request forgery",
  "API8:2023": "Security misconfiguration",
  "API9:2023": "Improper inventory management",
  "API10:2023": "Unsafe consumption of APIs",
};

/** Where others describe this kind of attack. The links leave Vedette; nothing is fetched before somebody follows one. */
export function References({ owaspApi, mitre }: { owaspApi: readonly string[]; mitre: readonly string[] }) {
  if (owaspApi.length + mitre.length === 0) return null;
  return (
    <ul className="flex break-inside-avoid break-before-avoid flex-wrap gap-2 text-[12.5px]">
      {owaspApi.map((id) => (
        <li key={id} className="rounded-md border border-line px-2 py-1" data-hint={`OWASP API Security Top 10: ${owasp[id] ?? id}`} tabIndex={0}>
          <span className="font-semibold">{id}</span> <span className="text-muted">{owasp[id]}</span>
        </li>
      ))}
      {mitre.filter((id) => /^T\d{4}(\.\d{3})?$/.test(id)).map((id) => (
        <li key={id}>
          <a href={`https://attack.mitre.org/techniques/${id.replace(".", "/")}/`} target="_blank" rel="noreferrer noopener" className="inline-flex items-center gap-1 rounded-md border border-line px-2 py-1 hover:border-line-strong" data-hint="MITRE ATT&CK technique; opens attack.mitre.org">
            ATT&CK <span className="font-semibold">{id}</span>
            <Icon name="external" size={12} className="text-faint" />
          </a>
        </li>
      ))}
    </ul>
  );
}
