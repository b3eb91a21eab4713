/** Appends and forgets the oldest beyond `most`: what is shown live stays bounded. Returns a new array. */
export function pushBounded<T>(items: readonly T[], item: T, most: number): T[] {
  return items.length < most ? [...items, item] : [...items.slice(items.length - most + 1), item];
}
