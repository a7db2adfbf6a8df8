import { defineConfig } from "vitest/config";

// A file for machines beside the text for people, where one is asked for.
const results = process.env["VITEST_JSON"];

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    testTimeout: 20_000,
    reporters: results ? ["default", ["json", { outputFile: results }]] : ["default"],
  },
});
