import { fileURLToPath } from "node:url";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

/** The report of `vedette scan --output html`: one file with script and styles inside; the program writes the data into it. */
export default defineConfig({
  plugins: [react(), tailwind(), viteSingleFile({ removeViteModuleLoader: true })],
  publicDir: false,
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: { outDir: "dist/report", target: "es2022", cssTarget: ["chrome123", "firefox120", "safari17.5"], modulePreload: { polyfill: false }, rollupOptions: { input: "report.html" } },
});
