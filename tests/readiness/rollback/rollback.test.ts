import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failureOf } from "../../../readiness/failure.ts";
import type { RollbackOptions } from "../../../readiness/rollback/options.ts";
import schema from "../../../readiness/rollback/report.schema.json" with { type: "json" };
import { rollback } from "../../../readiness/rollback/rollback.ts";
import { makeProject, NODE_COMPILE_CACHE, PATH, project, type Run } from "../project.ts";
import { commits, FakeVercel, type Script, type SiteSays } from "./fake-vercel.ts";
import { quick } from "./quick.ts";

const valid = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

let cwd: string;
let vercel: FakeVercel;
beforeEach(() => {
  cwd = makeProject("");
});
afterEach(() => {
  vercel.stop();
  rmSync(cwd, { recursive: true });
});

/** In this process. */
async function again(options: Partial<RollbackOptions> = {}): Promise<Run> {
  const output = { stdout: "", stderr: "" };
  const catcher = (stream: "stdout" | "stderr") =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      output[stream] += text;
      return true;
    });
  const spies = [catcher("stdout"), catcher("stderr")];
  for (const [name, value] of Object.entries(vercel.env)) vi.stubEnv(name, value);
  try {
    const status = await rollback({ ...quick, url: vercel.url, ...options }, cwd);
    return { status, ...output };
  } catch (error) {
    const { text, status } = failureOf(error);
    return { status, stdout: output.stdout, stderr: output.stderr + text };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  }
}

async function against(script: Script, options: Partial<RollbackOptions> = {}): Promise<Run> {
  vercel = await new FakeVercel(script).start();
  return again(options);
}

/** As a process of its own. */
function start(): { child: ChildProcess; ended: Promise<unknown> } {
  const args = [
    "rollback",
    "--stack",
    "staging",
    "--url",
    vercel.url,
    "--yes",
    "--answers",
    "2",
    "--pause-seconds",
    "0",
  ];
  const env = { PATH, NODE_COMPILE_CACHE, ...vercel.env };
  const child = spawn(process.execPath, [join(project, "readiness/cli.ts"), ...args], {
    cwd,
    env,
    stdio: "ignore",
  });
  return { child, ended: once(child, "close") };
}

const journal = () => JSON.parse(readFileSync(join(cwd, "rollbacks/staging/portal.json"), "utf8"));

describe("a rollback", () => {
  it("goes to the deployment before, waits for the site, and says what it leaves", async () => {
    const { status, stdout, stderr } = await against({ siteLags: 2 });
    expect(stdout).toMatch(
      /^✓ portal: runs aaaaaaaaaaaa \(dpl_old\): 3 answers in a row say so, \d+ s after/,
    );
    expect(stdout).toContain("Variables: the deployment runs with those of its own build");
    expect(stdout).toContain("Cron jobs are those of the deployment");
    expect(stdout).toContain("New deployments wait as Staged");
    expect(stdout + stderr).not.toContain("canary");
    expect(vercel.posts).toEqual(["rollback dpl_old"]);
    expect(journal()).toMatchObject({ from: { commit: commits.bad }, ended: { outcome: "back" } });
    expect(status).toBe(0);
  });

  it("says in JSON what it did, as its schema says, whatever comes of it", async () => {
    const { stdout } = await against({}, { format: "json" });
    const refused = await again({ to: "dpl_none", format: "json" });
    const planned = await again({ to: "dpl_older", dryRun: true, format: "json" });
    for (const said of [stdout, refused.stdout, planned.stdout]) {
      valid(JSON.parse(said));
      expect(valid.errors).toBeNull();
    }
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: "1.0",
      status: 0,
      services: [
        {
          service: "portal",
          outcome: "back",
          to: { deployment: "dpl_old" },
          answers: [{ wrong: null }, {}, {}],
        },
      ],
    });
  });

  it.each([
    ["dpl_older", "dpl_older"],
    [commits.older.slice(0, 8), "dpl_older"],
  ])("goes to %s where that is named", async (to, id) => {
    expect((await against({}, { to })).status).toBe(0);
    expect(vercel.posts).toEqual([`rollback ${id}`]);
  });

  it.each([
    ["one that never served production", "dpl_preview", "was built, and never served production"],
    ["one that is not there", "dpl_none", "is none of production's; there are dpl_old"],
  ])("refuses %s", async (_, to, said) => {
    const { status, stdout } = await against({}, { to });
    expect(stdout).toContain(said);
    expect(vercel.posts).toEqual([]);
    expect(status).toBe(1);
  });

  it("does nothing in a dry run", async () => {
    const { status, stdout } = await against({}, { yes: false, dryRun: true });
    expect(stdout).toContain("Would rollback portal from dpl_bad (bbbbbbbbbbbb) to dpl_old (aaaaaaaaaaaa)");
    expect(vercel.posts).toEqual([]);
    expect(existsSync(join(cwd, "rollbacks/staging/portal.json"))).toBe(false);
    expect(status).toBe(0);
  });

  it("asks before it does anything", async () => {
    const { status, stderr } = await against({}, { yes: false });
    expect(stderr).toContain("there is nobody to ask");
    expect(vercel.posts).toEqual([]);
    expect(status).toBe(2);
  });

  it("is undone by a promotion, which may wait in a queue", async () => {
    await against({});
    vercel.script = { post: 202, autoAssign: true };
    const { status, stdout } = await again({ undo: true });
    expect(stdout).toMatch(/^✓ portal: runs bbbbbbbbbbbb/);
    expect(vercel.posts).toEqual(["rollback dpl_old", "promote dpl_bad"]);
    expect(status).toBe(0);
  });

  it("asked for twice is done once; who wants to go further says where to", async () => {
    await against({});
    const { status, stdout } = await again();
    expect(stdout).toMatch(/^✓ portal: runs aaaaaaaaaaaa/);
    expect(vercel.posts).toEqual(["rollback dpl_old"]);
    expect(status).toBe(0);
    expect((await again({ to: "dpl_older" })).status).toBe(0);
    expect(vercel.posts).toEqual(["rollback dpl_old", "rollback dpl_older"]);
  });

  it("that somebody did elsewhere is not done a second time", async () => {
    await against({});
    rmSync(join(cwd, "rollbacks"), { recursive: true });
    const { status, stdout } = await again();
    expect(stdout).toMatch(
      /production went back to dpl_old at .* already: who wants to go further says where to/,
    );
    expect(vercel.posts).toEqual(["rollback dpl_old"]);
    expect(status).toBe(1);
  });

  it("that somebody began elsewhere is waited for", async () => {
    await against({ job: ["pending"] }, { waitSeconds: 0 });
    rmSync(join(cwd, "rollbacks"), { recursive: true });
    vercel.script = { job: ["in-progress", "in-progress", "in-progress", "succeeded"] };
    expect((await again()).status).toBe(0);
    expect(vercel.posts).toEqual(["rollback dpl_old"]);
  });

  it("says that a promotion waits behind a rolling release", async () => {
    await against({});
    vercel.script = { post: 202, shownAfter: 10_000 };
    const { status, stdout } = await again({ undo: true, waitSeconds: 0 });
    expect(stdout).toContain("waits behind a rolling release");
    expect(status).toBe(3);
  });
});

describe("of a request", () => {
  it.each([
    [400, "not valid there"],
    [401, "VERCEL_API_TOKEN is not accepted"],
    [402, "plan does not allow it"],
    [403, "may not do that in this team"],
    [404, "no such project or deployment"],
    [409, "another release or rollback of this project is at work"],
    [410, "gone, by the project's retention"],
    [422, "never served production"],
    [429, "too many requests"],
  ])("that is answered %i the remedy is told, and nobody asks again", async (post, remedy) => {
    const { status, stdout, stderr } = await against({ post });
    expect(stdout).toContain(`Vercel answered ${post}: `);
    expect(stdout).toContain(remedy);
    expect(stdout + stderr).not.toContain("canary");
    expect(vercel.posts).toHaveLength(1);
    expect(status).toBe(1);
  });

  it.each<[string, Script]>([
    ["was taken, and whose answer was lost", { lost: "taken", shownAfter: 3 }],
    ["was taken, and answered 500", { post: 201, lost: "taken" }],
  ])("that %s what the project shows is believed", async (_, script) => {
    expect((await against(script)).status).toBe(0);
    expect(vercel.posts).toEqual(["rollback dpl_old"]);
  });

  it("that was lost nothing is known, and the next run asks after it has looked", async () => {
    const { status, stdout } = await against({ lost: "not taken" });
    expect(stdout).toContain("nobody knows whether Vercel took the request");
    expect(vercel.posts).toHaveLength(1);
    expect(status).toBe(3);
    vercel.script = {};
    expect((await again()).status).toBe(0);
    expect(vercel.posts).toEqual(["rollback dpl_old", "rollback dpl_old"]);
    expect(journal().application.posts).toBe(2);
  });

  it("that was lost nobody asks again while Vercel does not answer", async () => {
    await against({ lost: "not taken" });
    vercel.script = { readFails: () => true };
    const { status, stdout } = await again();
    expect(stdout).toContain("Vercel does not answer");
    expect(vercel.posts).toHaveLength(1);
    expect(status).toBe(3);
  });

  it("the outcome of an older one is not ours", async () => {
    vercel = await new FakeVercel({ shownAfter: 3 }).start();
    vercel.last = {
      type: "rollback",
      toDeploymentId: "dpl_old",
      fromDeploymentId: "x",
      requestedAt: 1,
      jobStatus: "failed",
    };
    expect((await again()).status).toBe(0);
  });

  it("another that comes in between wins", async () => {
    const { status, stdout } = await against({ job: ["pending"], overtakenAt: 2 });
    expect(stdout).toContain("another request, a promote to dpl_hotfix");
    expect(status).toBe(1);
  });

  it("another that is at work is let end", async () => {
    vercel = await new FakeVercel({}).start();
    vercel.last = {
      type: "promote",
      toDeploymentId: "dpl_new",
      fromDeploymentId: "x",
      requestedAt: 1,
      jobStatus: "in-progress",
    };
    const { status, stdout } = await again();
    expect(stdout).toContain("is at work: let it end");
    expect(vercel.posts).toEqual([]);
    expect(status).toBe(1);
  });

  it("that failed every host name that was left behind is named", async () => {
    const { status, stdout } = await against({
      job: ["failed"],
      failedAliases: ["a.example.com", "b.example.com"],
    });
    expect(stdout).toContain("not moved: a.example.com, b.example.com");
    expect(status).toBe(1);
  });

  it("faults of Vercel's while it works are waited out", async () => {
    expect((await against({ readFails: (n) => n === 5 || n === 6 })).status).toBe(0);
    expect(vercel.posts).toHaveLength(1);
  });
});

describe("a site", () => {
  const stale = new Date(Date.now() - 3_600_000).toISOString();
  const frozen = new Date().toISOString();
  it.each<[string, (n: number) => SiteSays | undefined, string]>([
    ["that answers from a cache", () => ({ headers: { age: "30" } }), "answers from a cache"],
    [
      "that says what it said before",
      () => ({ body: { timestamp: frozen } }),
      "answers with what it said before",
    ],
    [
      "that answers with another time",
      () => ({ body: { timestamp: stale } }),
      "answers with a time that is not now",
    ],
    ["that keeps its commit to itself", () => ({ body: { commit: undefined } }), "does not say which commit"],
    [
      "that runs another commit every third time",
      (n) => (n % 3 === 0 ? { body: { commit: commits.bad } } : undefined),
      "",
    ],
    ["that is unhealthy with 200", () => ({ body: { status: "unhealthy" } }), "is not healthy"],
    ["that is degraded", () => ({ status: 503, body: { status: "degraded" } }), "answers 503"],
    ["that is a page", () => ({ body: "<h1>hello</h1>" }), "nothing of its health"],
    ["that leads elsewhere", () => ({ status: 307, headers: { location: "/login" } }), "leads elsewhere"],
  ])("%s is not back", async (_, site, said) => {
    const { status, stdout } = await against({ site }, { waitSeconds: 1 });
    expect(stdout).toContain("the site does not show it");
    expect(stdout).toContain(said);
    expect(status).toBe(1);
    vercel.script = {};
    expect((await again()).status).toBe(0);
    expect(vercel.posts).toHaveLength(1);
  });

  it("that nobody reaches is not known", async () => {
    const site = () => undefined;
    const { status } = await against({ site }, { waitSeconds: 0, url: "http://127.0.0.1:1" });
    expect(status).toBe(3);
  });

  it("that flaps is back once it has stopped", async () => {
    const site = (n: number) => (n < 7 && n % 3 === 0 ? { body: { commit: commits.bad } } : undefined);
    expect((await against({ site })).status).toBe(0);
    expect(
      journal()
        .answers.slice(-3)
        .every(({ wrong }: { wrong: null }) => wrong === null),
    ).toBe(true);
  });
});

/** Every request, once killed before it is dealt with, once after, before the answer is there. */
describe("killed", () => {
  it.each([false, true])(
    "at any request (dealt with: %s) and run again it ends right, and asks once",
    async (after) => {
      for (let at = 1; ; at++) {
        let [count, killed] = [0, false];
        let child: ChildProcess | undefined;
        const hook = (_: string, dealtWith: boolean) => {
          if (killed || dealtWith !== after || ++count !== at) return false;
          killed = true;
          child?.kill("SIGKILL");
          return true;
        };
        vercel = await new FakeVercel({ hook }).start();
        const first = start();
        child = first.child;
        await first.ended;
        if (killed) expect(await again()).toMatchObject({ status: 0 });
        expect(vercel.production).toBe("dpl_old");
        expect(vercel.posts).toEqual(["rollback dpl_old"]);
        vercel.stop();
        rmSync(join(cwd, "rollbacks"), { recursive: true });
        if (!killed) return;
      }
    },
  );
});

describe("after a verification", () => {
  it.each([
    [[0], 0, 0],
    [[1], 1, 0],
    [[3], 0, 3],
    [[3, 3], 1, 0],
    [[2], 0, 2],
    [[137], 0, 2],
  ])("that ended with %j there are %i requests", async (verified, posts, status) => {
    expect((await against({}, { verified })).status).toBe(status);
    expect(vercel.posts).toHaveLength(posts);
  });

  it("as many may fail as somebody says", async () => {
    expect((await against({}, { verified: [0, 1], failureLimit: 1 })).status).toBe(0);
    expect(vercel.posts).toEqual([]);
  });

  it("leaves alone what production ran before", async () => {
    const { status, stdout } = await against({}, { verified: [1], since: "2026-01-01T00:00:00Z" });
    expect(stdout).toContain("what changed since 2026-01-01T00:00:00Z is not the app");
    expect(vercel.posts).toEqual([]);
    expect(status).toBe(1);
  });
});

it("one at a time, and what has not ended is not another's", async () => {
  await against({ job: ["pending"] }, { waitSeconds: 0 });
  const other = await again({ to: "dpl_older" });
  expect(other.stderr).toContain("tells of a rollback that has not ended, and it goes to dpl_old");
  expect(other.status).toBe(2);
  expect((await again({ abandon: true })).status).toBe(0);
  expect(journal().ended.outcome).toBe("abandoned");
});

it("refuses to practise on production", async () => {
  vercel = await new FakeVercel().start();
  const { status, stderr } = await again({ stack: "prod", practise: true });
  expect(stderr).toContain("--practise is for staging");
  expect(status).toBe(2);
});
