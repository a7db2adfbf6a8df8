import { configDefaults, defineConfig } from "vitest/config";

// A file for machines beside the text for people, where one is asked for.
const results = process.env["VITEST_JSON"];
const engineTests = "tests/**/*.engine.test.ts";

export default defineConfig({
  test: {
    reporters: results ? ["default", ["json", { outputFile: results }]] : ["default"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/**/*.test.ts"],
          exclude: [...configDefaults.exclude, engineTests],
          testTimeout: 20_000,
        },
      },
      {
        // Under the real Pulumi engine, with stand-ins for the clouds: one stack at a time.
        test: {
          name: "engine",
          include: [engineTests],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
