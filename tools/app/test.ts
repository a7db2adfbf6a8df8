/**
 * `npm run app:test`: the app's own tests, beside a running app with data stores of its own. Options go to vitest; the
 * variable VITEST_JSON names a file for its results.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { appFolder } from "./packages.ts";
import { startApp } from "./start.ts";

const app = await startApp({ say: (text) => console.error(text) });
try {
  const vitest = join(appFolder, "node_modules/vitest/vitest.mjs");
  const tests = spawn(process.execPath, [vitest, "run", ...process.argv.slice(2)], {
    cwd: appFolder,
    stdio: "inherit",
    env: {
      ...process.env,
      DATABASE_URL: app.database.url,
      REDIS_URL: app.redis.url,
      SITE_URL: app.url,
      TEST_ACCOUNT_EMAIL: app.account.email,
      TEST_ACCOUNT_PASSWORD: app.account.password,
    },
  });
  const [code] = await once(tests, "close");
  process.exitCode = code ?? 1;
} finally {
  await app.stop();
}
