export function EndpointsPage() { return <p>EndpointsPage</p>; }
