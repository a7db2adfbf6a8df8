/** Each way in which a statement proves nothing, refused with its own reason. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { good } from "./measures.ts";
import { build, type Case, edited, expectRefusal, refusal } from "./refusal.ts";
import { deployment, type Made, now, portalCommit, release, Shelf } from "./shelf.ts";

const smoke = (predicate: Made["predicate"], item = "PRE-15") => {
  const shelf = new Shelf();
  const suite = item === "PRE-15" ? "smoke" : "regression";
  shelf.put(item, { measures: [good.tests], suite, ...(predicate && { predicate }) });
  return shelf;
};
const at = (ms: number) => new Date(now.getTime() + ms).toISOString();

const cases: readonly Case[] = [
  ["an empty file", () => build({ edit: () => "" }), "it is empty: the tool wrote no result, run it again"],
  ["an HTML page", () => build({ edit: () => "<!doctype html><html>" }), /^it is an HTML page/],
  ["a text that breaks off", () => build({ edit: (text) => text.slice(0, 300) }), /^its JSON breaks off/],
  ["a name twice", () => build({ edit: edited("{", '{"_type": "x",') }), /the name "_type" twice/],
  [
    "another type of statement",
    () => build({ edit: edited("Statement/v1", "Statement/v2") }),
    /_type: Invalid input/,
  ],
  [
    "another version of the predicate",
    () => build({ edit: edited("evidence:1", "evidence:2") }),
    /predicateType: /,
  ],
  ["a misspelt field", () => build({ edit: edited('"suite"', '"suit"') }), /predicate.suite: /],
  [
    "a field that nobody knows",
    () => build({ edit: edited('"suite"', '"gate": "open", "suite"') }),
    /"gate"/,
  ],
  [
    "a short commit",
    () => build({ commit: portalCommit.slice(0, 12) }),
    /must be the full id of a commit, 40 or 64/,
  ],
  [
    "a commit in capitals",
    () => build({ commit: portalCommit.toUpperCase() }),
    /must be the full id of a commit/,
  ],
  ["another commit", () => build({ commit: "c".repeat(40) }), `it is of commit ${"c".repeat(40)}`],
  [
    "a commit that begins as the released one does",
    () => build({ commit: portalCommit.slice(0, 39) + (portalCommit.endsWith("0") ? "1" : "0") }),
    /^it is of commit 89abcdef/,
  ],
  [
    "a tree that was not clean",
    () => build({ edit: edited('"clean"', '"dirty"') }),
    /tree: must be clean: commit/,
  ],
  ["two subjects", () => build({ edit: edited('"subject": [', '"subject": [{}, ') }), /subject/],
  ["another repository", () => build({ subject: "example/fork/portal" }), "it is of example/fork/portal"],
  [
    "the folder of another commit",
    () => {
      const shelf = build({ commit: "c".repeat(40) });
      const folder = join(shelf.directory, "portal");
      renameSync(join(folder, "c".repeat(40)), join(folder, portalCommit));
      return shelf;
    },
    `it is of commit ${"c".repeat(40)} and lies in the folder ${portalCommit}`,
  ],
  [
    "another item's name",
    () => build({ name: "PRE-04.x.20260302T080000000Z.json" }),
    "it is of PRE-03 and its name says PRE-04",
  ],
  ["a name of somebody's own", () => build({ name: "build.json" }), /^its name "build.json" is not one that/],
  [
    "a time five minutes and a second ahead",
    () => build({ at: at(301_000) }),
    `it ended at ${at(301_000)}, which is yet to come`,
  ],
  [
    "an end before its beginning",
    () => build({ predicate: { startedAt: at(0) } }),
    "it ended before it began",
  ],
  [
    "an end that its raw file does not tell",
    () => build({ reading: { finishedAt: "2026-02-01T08:00:00.000Z" } }),
    "it ended at 2026-03-02T08:00:00.000Z, and its raw files at 2026-02-01T08:00:00.000Z",
  ],
  [
    "a raw file without a time that is one",
    () => build({ reading: { finishedAt: "soon" } }),
    /has the time "soon", which is none/,
  ],
  [
    "smoke tests of no deployment",
    () => smoke({ environment: "staging" }),
    "it does not say which deployment was measured",
  ],
  ["smoke tests in production", () => smoke({ environment: "prod", deployment }), "it is of prod"],
  [
    "regression tests in staging",
    () => smoke({ environment: "staging", deployment }, "POST-04"),
    "it is of staging",
  ],
  [
    "regression tests of a redeployment",
    () => smoke({ environment: "prod", deployment: "dpl_2" }, "POST-04"),
    "it is of the deployment dpl_2",
  ],
];

describe("refused", () => {
  it.each(cases)("%s", async (_, shelf, observed) => {
    await expectRefusal(shelf(), observed);
  });

  it("a time up to five minutes ahead is not: clocks differ", async () => {
    expect(await refusal(build({ at: at(300_000) }))).toBeUndefined();
  });

  it("regression tests before anything of the release is deployed", async () => {
    const [service] = Object.values(release.services);
    if (!service) throw new Error("the fixture has no service");
    const services = { portal: { ...service, deployment: null } };
    const shelf = smoke({ environment: "prod", deployment }, "POST-04");
    const found = await refusal(shelf, { release: { ...release, services } });
    expect(found?.observed).toBe("it is of dpl_1, and nothing of this release is deployed");
  });

  it("a statement of another service in this one's folder", async () => {
    const shelf = new Shelf();
    const path = shelf.put("PRE-03", { measures: [good.command], predicate: { service: "billing" } });
    mkdirSync(join(shelf.directory, "portal"), { recursive: true });
    renameSync(dirname(path), join(shelf.directory, "portal", basename(dirname(path))));
    expect((await refusal(shelf))?.observed).toBe("it is of billing and lies in the folder of portal");
  });

  it("a file whose item nobody can tell, for every item of its service", async () => {
    const shelf = build({});
    writeFileSync(join(shelf.directory, "portal", portalCommit, "notes.txt"), "all well");
    const findings = await shelf.judge();
    expect(findings.length).toBeGreaterThan(10);
    expect(new Set(findings.map(({ outcome }) => outcome))).toEqual(new Set(["fail"]));
  });
});
