import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../project.ts";

const type = "aws:ec2/defaultSecurityGroup";

describe("mutate", () => {
  it("weakens the resources of one type, and says in its status whether the score holds", async () => {
    const { status, stdout, stderr } = await run(["mutate", "--type", type]);
    const [, verdict, share] = /^(HOLDS|FALLS SHORT) {2}prod: ([\d.]+) % /m.exec(stdout) ?? [];
    expect(status).toBe(Number(share) >= 95 ? 0 : 1);
    expect(verdict).toBe(status === 0 ? "HOLDS" : "FALLS SHORT");
    expect(stderr).toBe("");
  });

  it("writes the same as JSON to a file, and nothing else", async () => {
    const out = join(mkdtempSync(join(tmpdir(), "mutate-")), "report.json");
    const { stdout } = await run(["mutate", "--type", type, "--format", "json", "--out", out]);
    expect(stdout).toBe("");
    const { rows, stack, score } = JSON.parse(readFileSync(out, "utf8"));
    expect(stack).toBe("prod");
    expect(score).toBeGreaterThan(0);
    expect(rows.map((row: { kind: string }) => row.kind)).toContain("property");
  });

  it.each([
    [["--type", "aws:nothing"], "error: --type aws:nothing: prod has no resource of such a type\n"],
    [["--stack", "nowhere"], 'error: there is no stack "nowhere".'],
    [["--out", "/nowhere/report.txt"], "error: --out /nowhere/report.txt: there is no folder /nowhere\n"],
  ])("refuses %j", async (args, said) => {
    const { status, stderr } = await run(["mutate", ...args]);
    expect(stderr).toContain(said);
    expect(status).toBe(2);
  });
});
