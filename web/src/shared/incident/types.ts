/** What an incident type means and what to do first, for somebody who has not seen one before. */
export interface TypeInfo {
  title: string;
  means: string;
  todo: string;
}

const check = "Look at the answers with status 2xx first: they tell whether it worked.";
const block = "Block the address if it has no business here, and look for what it reached.";

const known: Record<string, TypeInfo> = {
  sql_injection: { title: "SQL injection", means: "Requests carry pieces of SQL where data belongs.", todo: `${check} See that the parameter is bound, not concatenated.` },
  xss: { title: "Cross-site scripting", means: "Requests carry scripts meant to run in another user's browser.", todo: "Check whether the value is stored or echoed, and that it is escaped where it is shown." },
  path_traversal: { title: "Path traversal", means: "Requests try to leave the folder they are served from.", todo: `${check} Large answers are the alarming ones.` },
  file_inclusion: { title: "File inclusion", means: "Requests name files or addresses for the server to load.", todo: `${check} See that names are chosen from a list.` },
  command_injection: { title: "Command injection", means: "Requests carry shell commands.", todo: `${check} Look at the host's processes and outgoing connections.` },
  template_injection: { title: "Template injection", means: "Requests carry template expressions for the server to evaluate.", todo: check },
  ldap_injection: { title: "LDAP injection", means: "Requests carry pieces of an LDAP filter.", todo: check },
  nosql_injection: { title: "NoSQL injection", means: "Requests carry query operators where plain values belong.", todo: `${check} See that bodies are checked against a schema.` },
  xxe: { title: "XML external entity", means: "Requests carry XML that makes the parser load other things.", todo: "Switch external entities off in the parser, and look at outgoing connections." },
  ssrf: { title: "Server-side request forgery", means: "Requests make the server call addresses of the caller's choice.", todo: "Look at the server's outgoing connections, above all to 169.254.169.254 and to private networks." },
  log4shell: { title: "Log4Shell", means: "Requests carry JNDI look-ups that old Log4j versions execute.", todo: "Check every Java service behind this API for Log4j below 2.17.1, and outgoing LDAP or RMI." },
  http_smuggling: { title: "Request smuggling", means: "Requests are framed so that proxy and server disagree where they end.", todo: "Update the proxy; make it refuse ambiguous Content-Length and Transfer-Encoding." },
  crlf_injection: { title: "CRLF injection", means: "Requests carry line breaks meant to forge headers or log lines.", todo: check },
  scanner: { title: "Vulnerability scanner", means: "A tool tries known weaknesses one after another.", todo: `Not yours? ${block}` },
  brute_force: { title: "Brute force", means: "Many passwords are tried on few accounts.", todo: "See whether a login succeeded; lock or rate-limit the accounts that were tried." },
  password_spraying: { title: "Password spraying", means: "Few passwords are tried on many accounts.", todo: "See whether a login succeeded; require a second factor for those accounts." },
  credential_stuffing: { title: "Credential stuffing", means: "Stolen name and password pairs are tried, mostly once each.", todo: "Find the logins that succeeded and reset those accounts; then throttle the login." },
  account_takeover: { title: "Account takeover", means: "Somebody got into an account and behaves unlike its owner.", todo: "End the account's sessions, reset it, and see what was changed." },
  data_scraping: { title: "Data scraping", means: "A caller collects the catalogue object by object.", todo: "Throttle it, or offer an export if it is a partner." },
  data_exfiltration: { title: "Data exfiltration", means: "A caller takes out far more data than usual.", todo: "See which data, stop the account, and tell whoever must be told." },
  endpoint_enumeration: { title: "Endpoint enumeration", means: "A caller guesses which endpoints exist.", todo: `See which ones answered. ${block}` },
  object_enumeration: { title: "Object enumeration", means: "A caller walks through ids of objects, maybe of other people.", todo: "Check that each answer belonged to the caller (broken object level authorization)." },
  parameter_fuzzing: { title: "Parameter fuzzing", means: "A caller sends variations to see what breaks.", todo: "Look at the answers with status 5xx: they show what broke." },
  rate_abuse: { title: "Rate abuse", means: "A caller sends many times more requests than is usual.", todo: "Throttle it; ask the owner if it is an integration gone wild." },
  resource_exhaustion: { title: "Resource exhaustion", means: "A caller asks for what costs the server most.", todo: "Limit page sizes and query cost; throttle the caller." },
  bot: { title: "Undeclared bot", means: "A program behaves like a program, but says it is a person.", todo: "Harmless? Mark it benign. Otherwise throttle it." },
  sequence_anomaly: { title: "Unusual sequence", means: "Calls come in an order that people do not use.", todo: "See whether a step was skipped, such as paying or confirming." },
  behavior_anomaly: { title: "Unusual behavior", means: "The models agree that this is unlike anything usual here, without a name for it.", todo: "Read the drivers; your verdict teaches the models." },
  latency_spike: { title: "Latency spike", means: "An endpoint answers much slower than is normal at this hour.", todo: "Look at its dependencies and at the last deployment." },
  error_spike: { title: "Error spike", means: "An endpoint fails much more often than is normal.", todo: "Look at the last deployment and at the service's own log." },
  traffic_spike: { title: "Traffic spike", means: "An endpoint gets much more traffic than is normal at this hour.", todo: "See whether it is people (a campaign, news) or few callers." },
  traffic_drop: { title: "Traffic drop", means: "An endpoint gets much less traffic than is normal at this hour.", todo: "Check what is in front: DNS, certificate, load balancer, the last client release." },
  failure_predicted: { title: "Failure ahead", means: "At the present pace the endpoint fails within minutes.", todo: "Act now: more capacity, less load, or roll back." },
};

/** Title, meaning and first step of a type; an unknown type gets its own words. */
export function typeInfo(type: string): TypeInfo {
  const info = Object.hasOwn(known, type) ? known[type] : undefined;
  if (info) return info;
  const words = type.replaceAll("_", " ");
  return { title: words.charAt(0).toUpperCase() + words.slice(1), means: "", todo: "" };
}

/** Every type there is, for filters. */
export const incidentTypes: readonly string[] = Object.keys(known);
