import { beforeAll, describe, expect, it } from "vitest";
import { assess } from "../../../readiness/assess.ts";
import { currentCommit } from "../../../readiness/inputs/commit.ts";
import { makeProject } from "../project.ts";
import { makeReady, type ReadyProject, stack } from "./ready-project.ts";

const now = new Date("2026-12-01T09:00:00Z");
let ready: ReadyProject;
beforeAll(async () => {
  ready = await makeReady(makeProject(), now);
}, 300_000);

const judged = (at = now) => assess(ready.folder, stack, currentCommit(ready.folder), "update", at);

describe("production with everything proven", () => {
  it("is GO", async () => {
    const { verdict, reasons, checklist, findings } = await judged();
    const open = checklist.filter((i) => i.required && i.standing !== "proven").map(({ id }) => id);
    expect(findings.filter((f) => f.outcome === "fail").map(({ message }) => message)).toEqual([]);
    expect(open).toEqual([]);
    expect(reasons).toEqual([expect.stringMatching(/^All \d+ items/)]);
    expect(verdict).toBe("GO");
  });
});
