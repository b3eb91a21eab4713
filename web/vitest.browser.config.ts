import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Tests in a real Chromium against the built application; run `npm run build` first. */
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: { environment: "node", include: ["tests/browser/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false },
});
