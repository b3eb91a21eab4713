export function CallersPage() { return <p>CallersPage</p>; }
