import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { applyTheme } from "@/shared/preferences/preferences";
import "@/shared/styles/app.css";
import { App } from "./App";

applyTheme();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
