import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const folder = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": folder("src"), "@mock": folder("mock"), "@tests": folder("tests") } },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}", "mock/**/*.test.ts"], setupFiles: ["./tests/setup.ts"] },
});
