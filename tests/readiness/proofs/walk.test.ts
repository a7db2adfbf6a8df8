/**
 * The whole way: tools' outputs, collected and signed, a release, everybody's sign-off, GO; and each of them altered,
 * aged or taken away is NO-GO, and named.
 */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checklist } from "../../../model/checklist/checklist.ts";
import { neededItems, needOf } from "../../../model/checklist/needs.ts";
import { signOffItems, signOffs } from "../../../model/checklist/sign-offs.ts";
import { usualParts, withoutObject } from "../../../model/parts.ts";
import { makeProject, run } from "../project.ts";
import { Judgement, open } from "./judged.ts";
import { git, makeReady, type ReadyProject, stack } from "./ready-project.ts";

/** Of the clock, since the command line has no other; whatever is compared is made relative to it. */
const now = new Date();
let ready: ReadyProject;
let judgement: Judgement;
beforeAll(async () => {
  ready = await makeReady(makeProject(), now);
  judgement = await Judgement.of(ready, now);
}, 600_000);

const judged = (at?: Date) => judgement.now(at);
const judgedWith: Judgement["with"] = (files, spoil) => judgement.with(files, spoil);
const filesOf = (item: string) => judgement.filesOf(item);

const takeAway = (file: string) => rmSync(file);
/** Before the release, of a stack with the parts that the fixtures have. */
const isAsked = (item: string) =>
  !item.startsWith("POST-") &&
  withoutObject(checklist.find(({ id }) => id === item)?.needs, usualParts) === undefined;
const evidenceItems = neededItems.filter(isAsked);
const signedItems = signOffItems.filter(isAsked);

describe("production with everything proven", () => {
  it("is GO, on the command line too", async () => {
    const report = await judged();
    expect(report.findings.filter((f) => f.severity === "error").map(({ message }) => message)).toEqual([]);
    expect(open(report)).toEqual([]);
    expect(report.verdict).toBe("GO");
    const { status, stdout } = await run(["check", "--stack", stack, "--for", "update"], {
      cwd: ready.folder,
    });
    expect(stdout).toMatch(/^GO {2}prod, production tier/);
    expect(status).toBe(0);
  });

  it("tells of each proof by whom it is, and until when it counts", async () => {
    const { findings } = await judged();
    const of = (item: string) =>
      findings.filter((f) => f.item === item).map((f) => [f.kind, f.by, f.outcome]);
    expect(of("PRE-01")).toEqual(
      [
        ["evidence", expect.stringContaining("vitest"), "pass"],
        ["evidence", expect.stringContaining("Playwright"), "pass"],
      ].map((row) => [row[0], expect.any(String), row[2]]),
    );
    expect(of("GO-03")).toEqual([["sign-off", "helen", "pass"]]);
  });
});

describe("production is NO-GO, and the item is named,", () => {
  it.each([...evidenceItems, ...signedItems])("where what proves %s is taken away", async (item) => {
    const report = await judgedWith(filesOf(item), takeAway);
    expect(report.verdict).toBe("NO-GO");
    expect(open(report)).toContain(item);
  });

  it.each(evidenceItems)("where a raw file of %s is altered", async (item) => {
    const raws = filesOf(item).flatMap((file) => {
      const { predicate } = JSON.parse(readFileSync(file, "utf8"));
      return predicate.runs.flatMap((r: { files: { sha256: string }[] }) =>
        r.files.map(({ sha256 }) => join(dirname(file), "raw", sha256)),
      );
    });
    const report = await judgedWith(raws, (file) => writeFileSync(file, `${readFileSync(file, "utf8")} `));
    const failed = report.findings.filter((f) => f.item === item && f.outcome === "fail");
    expect(failed.map(({ message }) => message).join("\n")).toMatch(/sha256|altered|bytes/);
    expect(report.verdict).toBe("NO-GO");
  });

  it.each([...evidenceItems, ...signedItems])("where what says %s is altered", async (item) => {
    const report = await judgedWith(filesOf(item), (file) => {
      const text = readFileSync(file, "utf8");
      writeFileSync(
        file,
        text
          .replace('"go"', '"go" ')
          .replace('"clean"', '"clean" ')
          .replace("sha256:0", "sha256:1")
          .replace(/"nonce": "./, '"nonce": "f')
          .replace(/"at": "20/, '"at": "19'),
      );
    });
    expect(open(report)).toContain(item);
    expect(report.verdict).toBe("NO-GO");
  });

  const limited = evidenceItems.flatMap((item) => {
    const hours = needOf(item).hours.update;
    return hours === null ? [] : [[item, hours] as const];
  });
  it.each(limited)("where what proves %s is older than %d hours", async (item, hours) => {
    const report = await judged(new Date(now.getTime() + (hours + 1) * 3_600_000));
    const said = report.findings.filter((f) => f.item === item && f.outcome === "fail");
    expect(said.map(({ message }) => message).join("\n")).toContain("not older than");
    expect(open(report)).toContain(item);
  });

  it("where the window has closed", async () => {
    const report = await judged(new Date(now.getTime() + 13 * 3_600_000));
    expect(report.verdict).toBe("NO-GO");
    const releaseBound = signedItems.filter((item) => signOffs[item].of === "release");
    expect(open(report)).toEqual(expect.arrayContaining([...releaseBound]));
  });

  it("where another release is written after everybody has signed", async () => {
    const file = join(ready.folder, "releases", stack, "release.yaml");
    const report = await judgedWith([file], () =>
      writeFileSync(file, readFileSync(file, "utf8").replace("above 1 %", "above 9 %")),
    );
    expect(open(report)).toEqual(expect.arrayContaining(["GO-01", "GO-02", "GO-03", "GO-05", "PRE-16"]));
    expect(report.verdict).toBe("NO-GO");
  });
});

it("says so where evidence lies there and no release does", async () => {
  const { warnings } = await judgedWith([join(ready.folder, "releases", stack, "release.yaml")], takeAway);
  expect(warnings).toEqual([expect.stringContaining("npm run release -- --stack prod")]);
});

it("approves and revokes nothing by a list of signers that is not committed", async () => {
  const file = join(ready.folder, "signers.yaml");
  expect(existsSync(file)).toBe(true);
  const { verdict, warnings } = await judgedWith([file], takeAway);
  expect(warnings).toEqual([expect.stringContaining("signers.yaml differs from the commit")]);
  expect(verdict).toBe("NO-GO");
});

it("counts nothing of a shallow clone, where nobody can tell who wrote the commit", async () => {
  const file = join(ready.folder, ".git/shallow");
  writeFileSync(file, `${ready.commit}\n`);
  const { verdict, warnings } = await judged();
  rmSync(file);
  expect(warnings).toEqual([expect.stringMatching(/the clone is shallow.*git fetch --unshallow$/)]);
  expect(verdict).toBe("NO-GO");
});

it.each(["--assume-unchanged", "--skip-worktree"])(
  "counts nothing that was proven for the commit where a file is changed under %s",
  async (flag) => {
    const file = "Pulumi.prod.yaml";
    git(ready.folder, "update-index", flag, file);
    const { verdict, warnings } = await judgedWith([join(ready.folder, file)], (path) =>
      appendFileSync(path, "# hidden\n"),
    );
    git(ready.folder, "update-index", flag.replace("--", "--no-"), file);
    expect(warnings).toEqual([expect.stringContaining(`${file} differs from the commit`)]);
    expect(verdict).toBe("NO-GO");
  },
);
