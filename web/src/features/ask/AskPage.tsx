export function AskPage() { return <p>AskPage</p>; }
