import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { reportFormats } from "../../../readiness/render/formats.ts";
import { canary, deployedResource, exported, secretOf } from "../exports.ts";
import { makeProject, run } from "../project.ts";
import { reportIn } from "./support.ts";

describe("check of what is deployed", () => {
  let cwd: string;
  beforeAll(() => {
    cwd = makeProject("throw new Error('the program must not run');\n");
    const bucket = deployedResource("aws:s3/bucket:Bucket", "portal-static", {
      tags: { owner: "web", token: secretOf({ plaintext: `"${canary}"` }) },
    });
    writeFileSync(join(cwd, "state.json"), JSON.stringify(exported([bucket]), undefined, 4));
    return () => rmSync(cwd, { recursive: true });
  });

  it("judges a state file without running the program", async () => {
    const result = await run(["check", "--state", "state.json", "--format", "json"], { cwd });
    expect(reportIn(result).stacks).toMatchObject([
      {
        stack: "prod",
        tier: "production",
        verdict: "NO-GO",
        source: { kind: "state", file: "state.json", updated: "2026-03-02T09:20:30.123Z" },
        commit: { id: null, reason: expect.stringContaining("state") },
        resources: { "aws:s3/bucket:Bucket": 1 },
      },
    ]);
    expect(result.stderr).toBe("");
    expect(result.status).toBe(1);
  });

  it("reads standard input, and says what it judged beside the verdict", async () => {
    const input = readFileSync(join(cwd, "state.json"), "utf8");
    const { status, stdout } = await run(["check", "--state", "-", "--stack", "prod"], { cwd, input });
    expect(stdout).toMatch(
      /\nNO-GO {2}prod, production tier, as deployed \(standard input, written 2026-03-02T09:20:30Z\)\n/,
    );
    expect(stdout).toMatch(/\nprod as deployed: NO-GO, .*\n$/);
    expect(status).toBe(1);
  });

  it("shows no secret in any format", async () => {
    const files = reportFormats.flatMap((format) => ["--format", format, "--out", `report.${format}`]);
    const { stdout, stderr } = await run(["check", "--state", "state.json", ...files], { cwd });
    const all = [stdout, stderr, ...reportFormats.map((f) => readFileSync(join(cwd, `report.${f}`), "utf8"))];
    expect(all.filter((text) => text.includes(canary) || text === "")).toEqual([stderr]);
  });

  it("judges it in a folder without any project, and with one of another program", async () => {
    const elsewhere = mkdtempSync(join(cwd, "elsewhere-"));
    const state = join(cwd, "state.json");
    const alone = await run(["check", "--state", state, "--format", "json"], { cwd: elsewhere });
    expect(reportIn(alone).stacks).toMatchObject([{ stack: "prod", verdict: "NO-GO", selection: null }]);
    writeFileSync(join(elsewhere, "Pulumi.yaml"), "name: another\nruntime: python\n");
    writeFileSync(join(elsewhere, "Pulumi.prod.yaml"), "config:\n  aws:region: eu-west-1\n");
    const foreign = await run(["check", "--state", state, "--format", "json"], { cwd: elsewhere });
    expect(reportIn(foreign).stacks).toEqual(reportIn(alone).stacks);
  });

  it.each<[string[], string, RegExp]>([
    [["state.json", "--stack", "staging"], "", /is the state of the stack "prod", must be "staging"/],
    [["state.json", "--stack", "prod", "--stack", "staging"], "", /--state is the state of one stack/],
    [["none.json"], "", /there is no such file/],
    [["-"], "", /from standard input: it is empty/],
    [["-"], `{"version": 3, "deployment": {"resources": [{"urn": "${canary}`, /it ends in the middle/],
    [["state.json", "--all"], "", /cannot be used with/],
    [["state.json", "--state", "state.json"], "", /is the state of readiness\/prod, and so is state.json/],
  ])("%j exits 2 with one line", async (args, input, message) => {
    const { status, stdout, stderr } = await run(["check", "--state", ...args], { cwd, input });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).not.toContain(canary);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });
});
