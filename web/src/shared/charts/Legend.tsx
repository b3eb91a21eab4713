/** Names of the colors of a chart. */
export function Legend({ items }: { items: readonly { name: string; color: string }[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-1 text-[12px] text-muted">
      {items.map((item) => (
        <li key={item.name} className="flex items-center gap-1.5">
          <span className="size-2 rounded-full" style={{ background: item.color }} />
          {item.name}
        </li>
      ))}
    </ul>
  );
}
