/** A watchtower's light. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className="shrink-0">
      <rect width="32" height="32" rx="8" fill="var(--accent-fill)" />
      <path d="M16 8.500c5 0 8.500 4.500 9.500 7.500-1 3-4.500 7.500-9.500 7.500S7.500 19 6.500 16c1-3 4.500-7.500 9.500-7.500Z" fill="none" stroke="#fff" strokeWidth="2" />
      <circle cx="16" cy="16" r="3.200" fill="#fff" />
    </svg>
  );
}
