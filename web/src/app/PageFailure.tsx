import { useRouteError } from "react-router";
import { Button } from "@/shared/ui/Button";
import { Notice } from "@/shared/ui/Notice";

/** A page that broke. After an update of the server its parts have other names: loading it again brings them. */
export function PageFailure() {
  const error = useRouteError();
  const isChunk = error instanceof Error && /import|fetch|module/i.test(error.message);
  return (
    <Notice look="problem" title={isChunk ? "This page could not be loaded" : "This page failed"} action={<Button onClick={() => window.location.reload()}>Load again</Button>}>
      {isChunk ? "The server does not answer, or was updated since this window was opened." : `Loading it again usually helps. ${error instanceof Error ? error.message : ""}`}
    </Notice>
  );
}
