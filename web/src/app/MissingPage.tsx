import { Link } from "react-router";
import { Notice } from "@/shared/ui/Notice";

export function MissingPage() {
  return (
    <Notice title="There is no such page" action={<Link to="/" className="text-accent underline">To the overview</Link>}>
      The address may have been mistyped or come from another version.
    </Notice>
  );
}
