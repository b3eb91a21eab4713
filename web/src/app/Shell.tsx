import { Navigate, Outlet, useLocation } from "react-router";
import { SessionContext } from "@/shared/session/session";
import { useSessionQuery } from "@/shared/session/useSessionQuery";
import { Button } from "@/shared/ui/Button";
import { HintLayer } from "@/shared/ui/HintLayer";
import { Problem } from "@/shared/ui/Problem";
import { BottomNav } from "./BottomNav";
import { LiveProvider } from "./LiveProvider";
import { Sidebar } from "./Sidebar";
import { Starting } from "./Starting";
import { Toasts } from "./Toasts";
import { TopBar } from "./TopBar";

/** The frame around every page; without a session it leads to the sign-in. */
export function Shell() {
  const session = useSessionQuery();
  const location = useLocation();
  if (session.isPending) return <Starting />;
  if (!session.data) {
    return (
      <main className="flex min-h-dvh items-center justify-center">
        <Problem error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (!session.data.signed_in) return <Navigate to={`/signin?next=${encodeURIComponent(location.pathname + location.search)}`} replace />;
  return (
    <SessionContext value={session.data}>
      <LiveProvider>
        <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50">
          <Button look="primary">Skip to the page</Button>
        </a>
        <div className="flex min-h-dvh">
          <Sidebar />
          <div className="flex min-w-0 flex-1 flex-col pb-16 md:pb-0">
            <TopBar />
            <main id="main" className="mx-auto w-full max-w-[1680px] flex-1 px-3 pb-6 sm:px-5">
              <Outlet />
            </main>
          </div>
        </div>
        <BottomNav />
        <Toasts />
        <HintLayer />
      </LiveProvider>
    </SessionContext>
  );
}
