/** Production goes by what the example app's own CI and the running app prove: GO, and NO-GO without any of it. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { assess } from "../../../readiness/assess.ts";
import { currentCommit } from "../../../readiness/inputs/commit.ts";
import { walk } from "../../../readiness/release/walk/walk.ts";
import { makeProject } from "../project.ts";
import { onlyGates } from "../release/walk/only-gates.ts";
import { ciKey, cloneOfApp, evidenceMissing, handInApp, ofCi, ofRunningApp } from "./app-evidence.ts";
import { Judgement, open } from "./judged.ts";
import { git, makeReady, type ReadyProject, stack } from "./ready-project.ts";
import { silently } from "./silently.ts";

// In CI it cannot be left out: what is missing fails there.
const missing = process.env["CI"] ? undefined : evidenceMissing();
if (missing) console.error(`\nNOT RUN: the walk to GO by the example app's evidence. ${missing}.\n`);

describe.skipIf(missing)("production, by the example app's own evidence,", () => {
  let ready: ReadyProject;
  let judgement: Judgement;
  const now = new Date();
  beforeAll(async () => {
    expect(evidenceMissing()).toBeUndefined();
    const folder = makeProject();
    const app = cloneOfApp(folder);
    ready = await makeReady(folder, now, { app, key: ciKey, handIn: handInApp });
    judgement = await Judgement.of(ready, now);
  });

  it("is GO", async () => {
    const commit = currentCommit(ready.folder);
    const report = await assess(ready.folder, stack, commit, "update", { now });
    expect(report.findings.filter((f) => f.severity === "error").map(({ message }) => message)).toEqual([]);
    expect(open(report)).toEqual([]);
    expect(report.verdict).toBe("GO");
  });

  it("is led through to what is only proven afterwards", async () => {
    git(ready.folder, "tag", "v1");
    const { world, commands } = onlyGates(now);
    const options = { stack, run: true, rollback: false, others: [], yes: false };
    const checkouts = new Map([["portal", ready.app]]);
    expect(await silently(() => walk({ ...options, checkouts }, ready.folder, world))).toBe(1);
    expect(commands.at(-1)).toBe("verify --stack prod --phase 24h");
  });

  it("stands on what was really made of this commit", () => {
    const commit = git(ready.app, "rev-parse", "HEAD");
    for (const item of [...ofCi, ...ofRunningApp].filter((id) => id !== "INC-02")) {
      const files = judgement.filesOf(item);
      expect(files, item).not.toEqual([]);
      for (const file of files) expect(file).toContain(`/portal/${commit}/`);
    }
  });

  it.each([...ofCi, ...ofRunningApp])("is NO-GO and names %s where that is taken away", async (item) => {
    const report = await judgement.with(judgement.filesOf(item), (file) => rmSync(file));
    expect(report.verdict).toBe("NO-GO");
    expect(open(report)).toContain(item);
  });

  it.each([...ofCi, ...ofRunningApp])("is NO-GO and names %s where its raw file is altered", async (item) => {
    const raws = judgement.filesOf(item).flatMap((file) => {
      const { predicate } = JSON.parse(readFileSync(file, "utf8"));
      return predicate.runs.flatMap((r: { files: { sha256: string }[] }) =>
        r.files.map(({ sha256 }) => join(dirname(file), "raw", sha256)),
      );
    });
    const report = await judgement.with(raws, (file) =>
      writeFileSync(file, `${readFileSync(file, "utf8")} `),
    );
    expect(report.verdict).toBe("NO-GO");
    expect(open(report)).toContain(item);
  });
});
