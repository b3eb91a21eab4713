const paths = {
  overview: "M3 12h4v8H3zM10 4h4v16h-4zM17 9h4v11h-4z",
  incidents: "M12 3 2.5 20h19zM12 10v4.5M12 17.2v.3",
  endpoints: "M4 6h16M4 12h10M4 18h13M18 12h2",
  callers: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.4-3.6 3-5.5 6.5-5.5s6.1 1.9 6.5 5.5M16 4.5a3.2 3.2 0 0 1 0 6.2M17.5 14.7c2.3.5 3.7 2.300 4 5.300",
  models: "M12 3v4M12 17v4M3 12h4M17 12h4M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z",
  explore: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13ZM15.500 15.500 21 21",
  ask: "M4 5h16v11H10l-4.500 4v-4H4zM9 10.500h6",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500Z",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7v5.500l3.500 2",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  check: "m5 12.500 4.500 4.500L19 7",
  close: "M6 6l12 12M18 6 6 18",
  back: "M14.500 5 8 12l6.500 7",
  next: "M9.500 5 16 12l-6.500 7",
  down: "m6 9.500 6 6 6-6",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  out: "M10 4H5v16h5M14 8l4 4-4 4M9 12h9",
  bookmark: "M6.500 4h11v16L12 16l-5.500 4z",
  key: "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM11 12.500 20 3.500M16.500 7l3 3",
  flag: "M5 21V4h11l-1.500 4L16 12H5",
  shield: "M12 3 5 5.500V11c0 4.500 2.800 8 7 10 4.200-2 7-5.500 7-10V5.500z",
  pause: "M8 5v14M16 5v14",
  external: "M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9",
} as const;

export type IconName = keyof typeof paths;

/** A line drawing of 24 by 24; decoration, so hidden from screen readers. */
export function Icon({ name, size = 16, className = "" }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} className={`shrink-0 ${className}`} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
