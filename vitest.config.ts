import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // One worker per core; the suites share nothing but read-only files.
    pool: "threads",
    testTimeout: 20_000,
  },
});
