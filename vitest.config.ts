import { join } from "node:path";
import { configDefaults, defineConfig } from "vitest/config";
import { stockAppMissing } from "./tests/edge/stock-app.ts";
import { browserMissing } from "./tests/support/browser.ts";
import { appMissing } from "./tools/app/packages.ts";
import { packageMissing } from "./tools/package/empty-project.ts";
import { cliMissing } from "./tools/pulumi-cli/build.ts";

// A file for machines beside the text for people, where one is asked for.
const results = process.env["VITEST_JSON"];
const pulumiTests = "tests/**/*.pulumi.test.ts";
const edgeTests = "tests/**/*.edge.test.ts";
const packageTests = "tests/**/*.package.test.ts";
const browserTests = "tests/**/*.browser.test.ts";
const appTests = "tests/**/*.app.test.ts";

// In CI they cannot be left out: what is missing fails there.
const missing = process.env["CI"] ? undefined : cliMissing();
if (missing) console.error(`\nNOT RUN: the tests under Pulumi's engine (${pulumiTests}). ${missing}.\n`);

const noStockApp = process.env["CI"] ? undefined : stockAppMissing();
if (noStockApp)
  console.error(`\nNOT RUN: the tests with a stock Next.js app (${edgeTests}). ${noStockApp}.\n`);

const noApp = process.env["CI"] ? undefined : appMissing();
if (noApp) console.error(`\nNOT RUN: the tests with the example app (${appTests}). ${noApp}.\n`);

const noPackage = process.env["CI"] ? undefined : packageMissing();
if (noPackage) console.error(`\nNOT RUN: the tests of the npm package (${packageTests}). ${noPackage}.\n`);

const noBrowser = process.env["CI"] ? undefined : browserMissing();
if (noBrowser) console.error(`\nNOT RUN: the tests of pages in a browser (${browserTests}). ${noBrowser}.\n`);

/** Ends what hangs, and nothing that is slow because the machine has other work. */
const limits = (ms: number) => ({ testTimeout: ms, hookTimeout: ms });

/**
 * Loaded by Node.js itself, as it is for users, and once for all files of a worker: the SDKs take a second each time.
 * So a module that tests share has no hooks at its top level: the first file alone would have them.
 */
const unit = {
  test: {
    name: "unit",
    include: ["tests/**/*.test.ts"],
    exclude: [...configDefaults.exclude, pulumiTests, edgeTests, browserTests, appTests, packageTests],
    globalSetup: "tests/support/temporary-files.ts",
    ...limits(120_000),
    maxWorkers: "100%",
    isolate: false,
    experimental: { viteModuleRunner: false },
    // The processes that tests start share what they compile.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules/.cache/node") },
  },
};

/** Under the real Pulumi engine, with stand-ins for the clouds; after the others, which say sooner what is wrong. */
const pulumi = {
  test: {
    name: "pulumi",
    include: [pulumiTests],
    globalSetup: "tests/pulumi/setup.ts",
    sequence: { groupOrder: 1 },
    maxWorkers: 2,
    experimental: { viteModuleRunner: false },
    ...limits(900_000),
  },
};

/** With a real app and a real browser, which `.ci/stock-app` brings. */
const edge = {
  test: {
    name: "edge",
    include: [edgeTests],
    // Beside those under the engine, which wait a lot.
    sequence: { groupOrder: 1 },
    maxWorkers: 2,
    experimental: { viteModuleRunner: false },
    ...limits(120_000),
  },
};

/** With the example app, its data stores and a browser, all of them real; `.ci/app` builds it. */
const app = {
  test: {
    name: "app",
    include: [appTests],
    sequence: { groupOrder: 1 },
    maxWorkers: 2,
    experimental: { viteModuleRunner: false },
    ...limits(300_000),
  },
};

/** With the npm package as somebody else's project has it, which `.ci/package` installs. */
const installed = {
  test: {
    name: "package",
    include: [packageTests],
    sequence: { groupOrder: 1 },
    maxWorkers: 2,
    experimental: { viteModuleRunner: false },
    ...limits(300_000),
  },
};

/** The report's page in a real browser. */
const browser = {
  test: {
    name: "browser",
    include: [browserTests],
    sequence: { groupOrder: 1 },
    maxWorkers: 2,
    experimental: { viteModuleRunner: false },
    ...limits(300_000),
  },
};

export default defineConfig({
  test: {
    reporters: results ? ["default", ["json", { outputFile: results }]] : ["default"],
    projects: [
      unit,
      ...(missing ? [] : [pulumi]),
      ...(noStockApp ? [] : [edge]),
      ...(noApp ? [] : [app]),
      ...(noPackage ? [] : [installed]),
      ...(noBrowser ? [] : [browser]),
    ],
  },
});
