/** When a site is back, and what happens to a rollback that is killed, doubled or not wanted. */
import type { ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commits, FakeVercel, type SiteSays } from "./fake-vercel.ts";
import { Staging } from "./staging.ts";

let staging: Staging;
beforeEach(() => {
  staging = new Staging();
});
afterEach(() => staging.dispose());

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
    const { status, stdout } = await staging.against({ site }, {}, { patience: 1_000 });
    expect(stdout).toContain("the site does not show it");
    expect(stdout).toContain(said);
    expect(status).toBe(1);
    staging.vercel.script = {};
    expect((await staging.again()).status).toBe(0);
    expect(staging.vercel.posts).toHaveLength(1);
  });

  it("that nobody reaches is not known", async () => {
    const site = () => undefined;
    const { status } = await staging.against({ site }, { url: "http://127.0.0.1:1" }, { patience: 0 });
    expect(status).toBe(3);
  });

  it("that flaps is back once it has stopped", async () => {
    const site = (n: number) => (n < 7 && n % 3 === 0 ? { body: { commit: commits.bad } } : undefined);
    expect((await staging.against({ site })).status).toBe(0);
    expect(staging.journal.answers.slice(-3).every(({ wrong }: { wrong: null }) => wrong === null)).toBe(
      true,
    );
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
        staging.vercel = await new FakeVercel({ hook }).start();
        const first = staging.start();
        child = first.child;
        await first.ended;
        if (killed) expect(await staging.again()).toMatchObject({ status: 0 });
        expect(staging.vercel.production).toBe("dpl_old");
        expect(staging.vercel.posts).toEqual(["rollback dpl_old"]);
        staging.vercel.stop();
        rmSync(join(staging.cwd, "rollbacks"), { recursive: true });
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
    expect((await staging.against({}, { verified })).status).toBe(status);
    expect(staging.vercel.posts).toHaveLength(posts);
  });

  it("leaves alone what production ran before", async () => {
    const { status, stdout } = await staging.against({}, { verified: [1], since: "2026-01-01T00:00:00Z" });
    expect(stdout).toContain("what changed since 2026-01-01T00:00:00Z is not the app");
    expect(staging.vercel.posts).toEqual([]);
    expect(status).toBe(1);
  });
});

it("one at a time, and what has not ended is not another's", async () => {
  await staging.against({ job: ["pending"] }, {}, { patience: 0 });
  const other = await staging.again({ to: "dpl_older" });
  expect(other.stderr).toContain("tells of a rollback that has not ended, and it goes to dpl_old");
  expect(other.status).toBe(2);
  expect((await staging.again({ abandon: true })).status).toBe(0);
  expect(staging.journal.ended.outcome).toBe("abandoned");
});

it("refuses to practise on production", async () => {
  staging.vercel = await new FakeVercel().start();
  const { status, stderr } = await staging.again({ stack: "prod", practise: true });
  expect(stderr).toContain("--practise is for staging");
  expect(status).toBe(2);
});
