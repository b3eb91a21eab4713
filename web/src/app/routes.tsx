import { createBrowserRouter, Navigate } from "react-router";
import { OverviewPage } from "@/features/overview/OverviewPage";
import { SignInPage } from "@/features/signin/SignInPage";
import { MissingPage } from "./MissingPage";
import { PageFailure } from "./PageFailure";
import { Shell } from "./Shell";
import { Starting } from "./Starting";

/** Every page of the application. All but the first two are loaded when somebody goes there. */
export function createRoutes() {
  return createBrowserRouter([
    { path: "/signin", element: <SignInPage />, errorElement: <PageFailure /> },
    {
      path: "/",
      element: <Shell />,
      errorElement: <PageFailure />,
      hydrateFallbackElement: <Starting />,
      children: [
        {
          errorElement: <PageFailure />,
          children: [
            { index: true, element: <OverviewPage /> },
            { path: "incidents", lazy: async () => ({ Component: (await import("@/features/incidents/IncidentsPage")).IncidentsPage }) },
            { path: "incidents/:id", lazy: async () => ({ Component: (await import("@/features/incidents/IncidentsPage")).IncidentsPage }) },
            { path: "endpoints", lazy: async () => ({ Component: (await import("@/features/endpoints/EndpointsPage")).EndpointsPage }) },
            { path: "endpoints/view", lazy: async () => ({ Component: (await import("@/features/endpoints/EndpointPage")).EndpointPage }) },
            { path: "callers", lazy: async () => ({ Component: (await import("@/features/callers/CallersPage")).CallersPage }) },
            { path: "callers/view", lazy: async () => ({ Component: (await import("@/features/callers/CallerPage")).CallerPage }) },
            { path: "models", lazy: async () => ({ Component: (await import("@/features/models/ModelsPage")).ModelsPage }) },
            { path: "explore", lazy: async () => ({ Component: (await import("@/features/explore/ExplorePage")).ExplorePage }) },
            { path: "ask", lazy: async () => ({ Component: (await import("@/features/ask/AskPage")).AskPage }) },
            { path: "settings", element: <Navigate to="/settings/preferences" replace /> },
            { path: "settings/:section", lazy: async () => ({ Component: (await import("@/features/settings/SettingsPage")).SettingsPage }) },
            { path: "*", element: <MissingPage /> },
          ],
        },
      ],
    },
  ]);
}
