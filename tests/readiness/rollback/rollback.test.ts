import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import schema from "../../../readiness/rollback/report.schema.json" with { type: "json" };
import { commits, FakeVercel, type Script } from "./fake-vercel.ts";
import { Staging } from "./staging.ts";

const valid = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
let staging: Staging;
beforeEach(() => {
  staging = new Staging();
});
afterEach(() => staging.dispose());

describe("a rollback", () => {
  it("goes to the deployment before, waits for the site, and says what it leaves", async () => {
    const { status, stdout, stderr } = await staging.against({ siteLags: 2 });
    expect(stdout).toMatch(
      /^✓ portal: runs aaaaaaaaaaaa \(dpl_old\): 3 answers in a row say so, \d+ s after/,
    );
    expect(stdout).toContain("Variables: the deployment runs with those of its own build");
    expect(stdout).toContain("Cron jobs are those of the deployment");
    expect(stdout).toContain("New deployments wait as Staged");
    expect(stdout + stderr).not.toContain("canary");
    expect(staging.vercel.posts).toEqual(["rollback dpl_old"]);
    expect(staging.journal).toMatchObject({ from: { commit: commits.bad }, ended: { outcome: "back" } });
    expect(status).toBe(0);
  });

  it("says in JSON what it did, as its schema says, whatever comes of it", async () => {
    const { stdout } = await staging.against({}, { format: "json" });
    const refused = await staging.again({ to: "dpl_none", format: "json" });
    const planned = await staging.again({ to: "dpl_older", dryRun: true, format: "json" });
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
    expect((await staging.against({}, { to })).status).toBe(0);
    expect(staging.vercel.posts).toEqual([`rollback ${id}`]);
  });

  it.each([
    ["one that never served production", "dpl_preview", "was built, and never served production"],
    ["one that is not there", "dpl_none", "is none of production's; there are dpl_old"],
  ])("refuses %s", async (_, to, said) => {
    const { status, stdout } = await staging.against({}, { to });
    expect(stdout).toContain(said);
    expect(staging.vercel.posts).toEqual([]);
    expect(status).toBe(1);
  });

  it("does nothing in a dry run", async () => {
    const { status, stdout } = await staging.against({}, { yes: false, dryRun: true });
    expect(stdout).toContain("Would rollback portal from dpl_bad (bbbbbbbbbbbb) to dpl_old (aaaaaaaaaaaa)");
    expect(staging.vercel.posts).toEqual([]);
    expect(existsSync(join(staging.cwd, "rollbacks/staging/portal.json"))).toBe(false);
    expect(status).toBe(0);
  });

  it("asks before it does anything", async () => {
    const { status, stderr } = await staging.against({}, { yes: false });
    expect(stderr).toContain("there is nobody to ask");
    expect(staging.vercel.posts).toEqual([]);
    expect(status).toBe(2);
  });

  it("is undone by a promotion, which may wait in a queue", async () => {
    await staging.against({});
    staging.vercel.script = { post: 202, autoAssign: true };
    const { status, stdout } = await staging.again({ undo: true });
    expect(stdout).toMatch(/^✓ portal: runs bbbbbbbbbbbb/);
    expect(staging.vercel.posts).toEqual(["rollback dpl_old", "promote dpl_bad"]);
    expect(status).toBe(0);
  });

  it("asked for twice is done once; who wants to go further says where to", async () => {
    await staging.against({});
    const { status, stdout } = await staging.again();
    expect(stdout).toMatch(/^✓ portal: runs aaaaaaaaaaaa/);
    expect(staging.vercel.posts).toEqual(["rollback dpl_old"]);
    expect(status).toBe(0);
    expect((await staging.again({ to: "dpl_older" })).status).toBe(0);
    expect(staging.vercel.posts).toEqual(["rollback dpl_old", "rollback dpl_older"]);
  });

  it("that somebody did elsewhere is not done a second time", async () => {
    await staging.against({});
    rmSync(join(staging.cwd, "rollbacks"), { recursive: true });
    const { status, stdout } = await staging.again();
    expect(stdout).toMatch(
      /production went back to dpl_old at .* already: who wants to go further says where to/,
    );
    expect(staging.vercel.posts).toEqual(["rollback dpl_old"]);
    expect(status).toBe(1);
  });

  it("that somebody began elsewhere is waited for", async () => {
    await staging.against({ job: ["pending"] }, {}, { patience: 0 });
    rmSync(join(staging.cwd, "rollbacks"), { recursive: true });
    staging.vercel.script = { job: ["in-progress", "in-progress", "in-progress", "succeeded"] };
    expect((await staging.again()).status).toBe(0);
    expect(staging.vercel.posts).toEqual(["rollback dpl_old"]);
  });

  it("says that a promotion waits behind a rolling release", async () => {
    await staging.against({});
    staging.vercel.script = { post: 202, shownAfter: 10_000 };
    const { status, stdout } = await staging.again({ undo: true }, { patience: 0 });
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
    const { status, stdout, stderr } = await staging.against({ post });
    expect(stdout).toContain(`Vercel answered ${post}: `);
    expect(stdout).toContain(remedy);
    expect(stdout + stderr).not.toContain("canary");
    expect(staging.vercel.posts).toHaveLength(1);
    expect(status).toBe(1);
  });

  it.each<[string, Script]>([
    ["was taken, and whose answer was lost", { lost: "taken", shownAfter: 3 }],
    ["was taken, and answered 500", { post: 201, lost: "taken" }],
  ])("that %s what the project shows is believed", async (_, script) => {
    expect((await staging.against(script)).status).toBe(0);
    expect(staging.vercel.posts).toEqual(["rollback dpl_old"]);
  });

  it("that was lost nothing is known, and the next run asks after it has looked", async () => {
    const { status, stdout } = await staging.against({ lost: "not taken" });
    expect(stdout).toContain("nobody knows whether Vercel took the request");
    expect(staging.vercel.posts).toHaveLength(1);
    expect(status).toBe(3);
    staging.vercel.script = {};
    expect((await staging.again()).status).toBe(0);
    expect(staging.vercel.posts).toEqual(["rollback dpl_old", "rollback dpl_old"]);
    expect(staging.journal.application.posts).toBe(2);
  });

  it("that was lost nobody asks again while Vercel does not answer", async () => {
    await staging.against({ lost: "not taken" });
    staging.vercel.script = { readFails: () => true };
    const { status, stdout } = await staging.again();
    expect(stdout).toContain("Vercel does not answer");
    expect(staging.vercel.posts).toHaveLength(1);
    expect(status).toBe(3);
  });

  it("the outcome of an older one is not ours", async () => {
    staging.vercel = await new FakeVercel({ shownAfter: 3 }).start();
    staging.vercel.last = {
      type: "rollback",
      toDeploymentId: "dpl_old",
      fromDeploymentId: "x",
      requestedAt: 1,
      jobStatus: "failed",
    };
    expect((await staging.again()).status).toBe(0);
  });

  it("another that comes in between wins", async () => {
    const { status, stdout } = await staging.against({ job: ["pending"], overtakenAt: 2 });
    expect(stdout).toContain("another request, a promote to dpl_hotfix");
    expect(status).toBe(1);
  });

  it("another that is at work is let end", async () => {
    staging.vercel = await new FakeVercel({}).start();
    staging.vercel.last = {
      type: "promote",
      toDeploymentId: "dpl_new",
      fromDeploymentId: "x",
      requestedAt: 1,
      jobStatus: "in-progress",
    };
    const { status, stdout } = await staging.again();
    expect(stdout).toContain("is at work: let it end");
    expect(staging.vercel.posts).toEqual([]);
    expect(status).toBe(1);
  });

  it("that failed every host name that was left behind is named", async () => {
    const { status, stdout } = await staging.against({
      job: ["failed"],
      failedAliases: ["a.example.com", "b.example.com"],
    });
    expect(stdout).toContain("not moved: a.example.com, b.example.com");
    expect(status).toBe(1);
  });

  it("faults of Vercel's while it works are waited out", async () => {
    expect((await staging.against({ readFails: (n) => n === 5 || n === 6 })).status).toBe(0);
    expect(staging.vercel.posts).toHaveLength(1);
  });
});
