import { defineConfig } from "vitest/config";

/** A file for machines beside the text for people, where one is asked for. */
const { VITEST_JSON: results } = process.env;

export default defineConfig({
  test: {
    reporters: results ? ["default", ["json", { outputFile: results }]] : ["default"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "unit", include: ["tests/unit/**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "api",
          include: ["tests/api/**/*.test.{ts,tsx}"],
          globalSetup: "tests/support/stores.ts",
        },
      },
      {
        extends: true,
        test: {
          name: "journeys",
          include: ["tests/journeys/**/*.test.ts"],
          globalSetup: "tests/support/site.ts",
          // One browser after the other: what a page takes is measured.
          fileParallelism: false,
        },
      },
    ],
    coverage: {
      provider: "v8",
      include: ["{app,server,db}/**/*.{ts,tsx,js}", "proxy.ts", "instrumentation.ts"],
      reporter: ["text-summary", "json"],
    },
  },
});
