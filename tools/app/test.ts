/**
 * `npm run app:test`: the app's own tests, beside a running app with data stores of its own. What they leave in
 * `examples/app/test-results` and `coverage` is evidence.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { appFolder } from "./packages.ts";
import { type RunningApp, startApp } from "./start.ts";

/** By the suite that evidence knows, what of vitest's it is. */
const suites = {
  unit: ["--project", "unit", "--project", "api", "--coverage"],
  e2e: ["--project", "journeys"],
} as const;

const app = await startApp({ say: (text) => console.error(text) });
try {
  for (const suite of ["unit", "e2e"] as const) {
    process.exitCode = (await run(suite, app)) || process.exitCode || 0;
  }
} finally {
  await app.stop();
}

async function run(
  suite: keyof typeof suites,
  { database, redis, url, account }: RunningApp,
): Promise<number> {
  const vitest = join(appFolder, "node_modules/vitest/vitest.mjs");
  const tests = spawn(process.execPath, [vitest, "run", ...suites[suite]], {
    cwd: appFolder,
    stdio: "inherit",
    env: {
      ...process.env,
      VITEST_JSON: join(appFolder, `test-results/${suite}.json`),
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      SITE_URL: url,
      TEST_ACCOUNT_EMAIL: account.email,
      TEST_ACCOUNT_PASSWORD: account.password,
    },
  });
  const [code] = await once(tests, "close");
  return code ?? 1;
}
