import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const folder = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** Tests in a real Chromium against the built application; run `npm run build` first. */
export default defineConfig({
  resolve: { alias: { "@": folder("src"), "@mock": folder("mock"), "@tests": folder("tests") } },
  test: { environment: "node", include: ["tests/browser/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false, teardownTimeout: 5_000 },
});
