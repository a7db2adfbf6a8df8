/** A release as the pipeline leads it: staging by itself, then production up to its first ten minutes. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { journalFile } from "../../../../readiness/rollback/journal.ts";
import { conditionalReport, finding } from "../../fixtures.ts";
import { git } from "../../proofs/ready-project.ts";
import { House } from "./house.ts";

let house: House;
beforeEach(() => {
  house = new House();
});
afterEach(() => house.dispose());

const production = () =>
  house.walk({ run: true, yes: true, until: "production", supersede: true, takeBack: true });
const inShort = () => house.done.map((line) => line.split(" ").slice(0, 5).join(" "));
const record = (release = house.entries().at(-1)?.release) =>
  JSON.parse(readFileSync(join(house.folder, `releases/prod/${release}/record.json`), "utf8"));
/** Another commit, written and tagged. */
const next = () => {
  git(house.folder, "commit", "--quiet", "--allow-empty", "--message", "Next");
  house.write({ commit: git(house.folder, "rev-parse", "HEAD") });
  git(house.folder, "tag", "v2");
};

describe("staging that was released by itself", () => {
  it("is not deployed again, and its log is named in production's", async () => {
    expect(await house.walk({ stack: "staging", run: true, yes: true })).toBe(0);
    const staging = house.entries("staging");
    expect(await production()).toBe(0);
    expect(inShort()).toEqual([
      `up --stack staging --commit ${house.commit}`,
      "verify --stack staging --phase smoke",
      `up --stack prod --commit ${house.commit}`,
      "verify --stack prod --phase smoke",
      "verify --stack prod --phase 10m",
    ]);
    const taken = house.entries().filter(({ fact }) => fact.event === "taken over");
    expect(taken.map(({ fact }) => fact)).toMatchObject(
      ["staging.deploy", "staging.verify"].map((step) => {
        const ended = staging.find(({ fact }) => fact.event === "ended" && fact.step === step);
        return { step, at: ended?.at, from: { entry: ended?.entry, digest: ended?.digest } };
      }),
    );
    const [, { steps }] = record().phases;
    expect(steps).toContainEqual(
      expect.objectContaining({
        step: "staging.deploy",
        done: true,
        proof: expect.stringContaining("staging's own"),
      }),
    );
    // Once is enough.
    expect(await production()).toBe(0);
    expect(house.entries().filter(({ fact }) => fact.event === "taken over")).toHaveLength(2);
  });

  it.each([
    ["of another commit", next],
    ["and has failed", () => {}],
  ])("%s counts for nothing", async (what, then) => {
    if (what === "and has failed") house.statuses = [0, 1];
    await house.walk({ stack: "staging", run: true });
    then();
    await production();
    expect(house.story()).toContain("staging.deploy begun");
  });

  it("and whose log was altered is none", async () => {
    await house.walk({ stack: "staging", run: true });
    const file = join(house.folder, "releases/staging/log.jsonl");
    writeFileSync(file, readFileSync(file, "utf8").replace('"status":0', '"status":1'));
    await expect(production()).rejects.toThrow(/staging\/log.jsonl: line \d+ was altered/);
  });
});

describe("a phase behind which it stops", () => {
  it("is done, and what comes afterwards can still be led through", async () => {
    expect(await production()).toBe(0);
    expect(house.output).toContain("Next: For an hour the service levels hold");
    expect(record()).toMatchObject({ verdict: "at work", delivery: { deployments: 1 } });
    expect(await house.walk({ run: true })).toBe(0);
    expect(inShort().at(-1)).toBe("verify --stack prod --phase 24h");
    expect(record()).toMatchObject({ verdict: "released" });
  });

  it("is not where a gate of it says no", async () => {
    house.report = conditionalReport(finding("GO-03", "fail", { kind: "sign-off" }));
    expect(await production()).toBe(1);
    expect(house.story().at(-1)).toBe("production.people fail");
  });
});

describe("the next release", () => {
  it("supersedes one that is through, or that production has nothing of", async () => {
    expect(await production()).toBe(0);
    const first = house.entries().at(-1)?.release;
    next();
    house.statuses = [1];
    expect(await production()).toBe(1);
    expect(record(first)).toMatchObject({
      verdict: "superseded",
      why: expect.stringMatching(/ follows on it\.$/),
    });
    const second = house.entries().at(-1)?.release;
    git(house.folder, "commit", "--quiet", "--allow-empty", "--message", "Third");
    house.write({ commit: git(house.folder, "rev-parse", "HEAD") });
    git(house.folder, "tag", "v3");
    expect(await production()).toBe(0);
    expect(record(second)).toMatchObject({
      verdict: "superseded",
      why: expect.stringMatching(/in its place\.$/),
    });
  });

  it.each([
    ["is being deployed", [0, 0, 1]],
    ["has failed", [0, 0, 0, 1, 3]],
  ])("is refused where production %s", async (_, statuses) => {
    house.statuses = [...statuses];
    await production();
    next();
    await expect(production()).rejects.toThrow("and another commit is checked out");
  });
});

describe("a look at production that does not end well", () => {
  const back = () => {
    const file = journalFile(house.folder, "prod", "portal");
    const at = "2026-03-02T23:00:00.000Z";
    const place = { deployment: "dpl_1", commit: "a".repeat(40) };
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      JSON.stringify({
        ...{ schemaVersion: 1, stack: "prod", service: "portal", project: "p", site: "s", practise: false },
        ...{ from: place, answers: [], ended: { at, outcome: "back", why: "It is." } },
        application: { type: "rollback", to: place, decidedAt: at, before: null },
      }),
    );
  };

  it("is handed to a rollback at once, with what changed since", async () => {
    house.statuses = [0, 0, 0, 0, 1, 0];
    back();
    expect(await production()).toBe(1);
    const deploy = house
      .entries()
      .find(({ fact }) => fact.event === "begun" && fact.step === "production.deploy");
    expect(house.done.at(-1)).toBe(`rollback --stack prod --yes --verified 1 --since ${deploy?.at}`);
    expect(record()).toMatchObject({
      verdict: "rolled back",
      why: "production.watch had failed.",
      rollback: { status: 0 },
    });
  });

  it("leaves the release as it is where the rollback says that it stays", async () => {
    house.statuses = [0, 0, 0, 0, 3, 3];
    expect(await production()).toBe(3);
    expect(house.done.at(-1)).toMatch(/^rollback --stack prod --yes --verified 3 --since 2026-/);
    expect(record()).toMatchObject({ verdict: "at work" });
    expect(existsSync(join(house.folder, "rollbacks"))).toBe(false);
  });

  it("of an update that failed is none: machines do not take that back", async () => {
    house.statuses = [0, 0, 1];
    expect(await production()).toBe(1);
    expect(house.done.at(-1)).toMatch(/^up --stack prod /);
  });
});
