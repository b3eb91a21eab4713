export function CallerPage() { return <p>CallerPage</p>; }
