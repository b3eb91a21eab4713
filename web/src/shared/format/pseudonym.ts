const pseudonym = /^h-[0-9a-f]{24}$/;

/** True for what stands in place of a session id or an API key. */
export function isPseudonym(value: string): boolean {
  return pseudonym.test(value);
}

export const pseudonymHint = "A session or an API key. Its value is never stored; in its place stands a keyed hash, the same for the same holder.";
