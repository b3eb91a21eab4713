import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@/shared/styles/app.css";
import { readReport } from "./data";
import { ReportPage } from "./ReportPage";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ReportPage data={readReport(document)} />
    </StrictMode>,
  );
}
