/** What proves that the example app can be released: what its CI handed in, and what is seen of it while it runs. */
import { cpSync, existsSync, globSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { restoreDrill } from "../../../readiness/restore-drill/restore-drill.ts";
import { rollback } from "../../../readiness/rollback/rollback.ts";
import { verify } from "../../../readiness/verify/verify.ts";
import { appFolder } from "../../../tools/app/packages.ts";
import { type RunningApp, startApp } from "../../../tools/app/start.ts";
import { ask } from "../../edge/call.ts";
import { cloudFront } from "../../edge/cloudfront.ts";
import { declaredEdge, inputsOf } from "../../edge/declared-edge.ts";
import { listenerOf } from "../../edge/site-in-browser.ts";
import { Vercel } from "../../edge/vercel.ts";
import { inProcess } from "../in-process.ts";
import { project } from "../project.ts";
import { FakeVercel } from "../rollback/fake-vercel.ts";
import { quick, quickPace } from "../rollback/quick.ts";
import { serve } from "../verify/healthy.ts";
import {
  type Handover,
  handInAll,
  lookedAt,
  measured,
  restored,
  rolledBack,
  smoked,
} from "./ready-evidence.ts";
import { git } from "./ready-project.ts";

const results = join(appFolder, "test-results");
/** Of the app's CI, for this run of it alone. */
export const ciKey = join(results, "key");

/** What CI's run of the app's tests, build and database handed in (`.ci/app`). */
export const ofCi = ["PRE-01", "PRE-02", "PRE-03", "PRE-04", "PRE-07", "PRE-12", "PRE-13", "PRE-14"] as const;
/** What is seen of the running app, by the commands that users have for it. */
export const ofRunningApp = ["PRE-08", "PRE-10", "PRE-11", "PRE-15", "INC-01", "INC-02"] as const;
/** What takes people, npm's registry or a tool that is not here, as the fixtures have it. */
const ofFixtures = ["PRE-05", "PRE-06", "PRE-09", "INC-03"] as const;

/** Why there is no evidence of the commit that is checked out; nothing where there is. */
export function evidenceMissing(): string | undefined {
  const commit = git(project, "rev-parse", "HEAD");
  return existsSync(join(results, "evidence/portal", commit)) && existsSync(ciKey)
    ? undefined
    : `The example app's CI has handed nothing in for ${commit.slice(0, 12)}: .ci/app FOLDER does`;
}

/** A clone of its repository, which nobody writes into meanwhile. */
export function cloneOfApp(folder: string): string {
  const clone = join(folder, "app/source");
  mkdirSync(join(folder, "app"), { recursive: true });
  git(folder, "clone", "--quiet", "--shared", project, clone);
  return clone;
}

export async function handInApp(handover: Handover): Promise<void> {
  cpSync(join(results, "evidence"), join(handover.folder, "evidence"), { recursive: true });
  await handInAll(handover, ofFixtures);
  const app = await startApp();
  try {
    await smoked(handover, "vitest-json", join(results, "e2e.json"));
    await inBrowser(handover, app);
    await backAndForth(handover, app);
    await dumpAndRestore(handover, app);
  } finally {
    await app.stop();
  }
  await behindEdge(handover);
}

/** Throws with what a command said, where it does not end well. */
async function well(env: Readonly<Record<string, string>>, command: () => Promise<number>): Promise<void> {
  const { status, stdout, stderr } = await inProcess(command, env);
  if (status !== 0) throw new Error(`ended with ${status}: ${stdout}${stderr}`);
}

/** Core Web Vitals of each page. How quick it is says how busy the machine is, too: the best of a few looks counts. */
async function inBrowser(handover: Handover, { url, account, commit }: RunningApp): Promise<void> {
  const looks = 3;
  for (let i = 1; ; i++) {
    const out = scratch(handover, `verify-${i}.json`);
    const options = { url, stack: "staging", commit, phase: "smoke", samples: 0, waitSeconds: 0 } as const;
    const rest = { browser: true, perMinute: 60, folder: "verify", format: "json", out } as const;
    const env = { VERIFY_USER: account.email, VERIFY_PASSWORD: account.password };
    await inProcess(() => verify({ ...options, ...rest }, handover.folder), env);
    try {
      await measured(handover, out);
      return;
    } catch (error) {
      if (i === looks) throw error;
    }
  }
}

/** The rollback is practised. Vercel is none: what it made production run stands in the app's health in its place. */
async function backAndForth(handover: Handover, { url, database }: RunningApp): Promise<void> {
  const vercel = await new FakeVercel().start();
  const site = await serve({}, undefined, async (_, response) => {
    const [own, moved] = await Promise.all([healthOf(url), healthOf(vercel.url)]);
    const body = JSON.stringify({ ...own.body, commit: moved.body["commit"] });
    response.writeHead(own.status, { "content-type": "application/json" }).end(body);
  });
  try {
    const [migration = ""] = globSync("*", { cwd: join(appFolder, "db/migrations") })
      .sort()
      .slice(-2);
    const options = {
      ...quick,
      practise: true,
      url: site.url,
      migrations: join(appFolder, "db/migrations"),
      downTo: migration.replace(/\.\w+$/, ""),
    };
    await well({ ...vercel.env, DATABASE_URL: database.url }, () =>
      rollback(options, handover.folder, quickPace),
    );
    const [record = ""] = globSync(join(handover.folder, "rollbacks/staging/*.yaml"));
    await rolledBack(handover, record);
  } finally {
    vercel.stop();
    site.close();
  }
}

async function healthOf(site: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(new URL("/api/health", site));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** A dump of the app's database, restored into another PostgreSQL. */
async function dumpAndRestore(handover: Handover, { database }: RunningApp): Promise<void> {
  const [dump, manifest, record] = ["shop.dump", "shop.json", "restore.yaml"].map((name) =>
    scratch(handover, name),
  ) as [string, string, string];
  const { product, stack } = handover.spec;
  const options = { stack, user: "postgres", scratch: false, format: "text", manifest } as const;
  await well({ SOURCE_DATABASE_URL: database.url }, () =>
    restoreDrill({ ...options, take: dump }, handover.folder),
  );
  const vault = `${product}-backups-${stack}`;
  await well({}, () => restoreDrill({ ...options, from: dump, record, vault }, handover.folder));
  await restored(handover, record);
}

/** The app with production's variables, behind the edge that production declares. */
async function behindEdge(handover: Handover): Promise<void> {
  const declared = await declaredEdge();
  const variables = inputsOf<{ key: string; value: string }>(declared, "ProjectEnvironmentVariable")
    .filter(({ key }) => !/^(DATABASE_|REDIS_|AWS_|SESSION_SECRET|OTEL_)/.test(key))
    .map(({ key, value }) => [key, String(value)] as const);
  const app = await startApp({ env: Object.fromEntries(variables) });
  try {
    const port = Number(new URL(app.url).port);
    const vercel = new Vercel(declared, (call) => ask(port, call), [handover.spec.domain]);
    await lookedAt(handover, listenerOf(cloudFront(declared, (_, call) => vercel.answer(call))));
  } finally {
    await app.stop();
  }
}

function scratch({ folder }: Handover, name: string): string {
  mkdirSync(join(folder, "app/out"), { recursive: true });
  return join(folder, "app/out", name);
}
