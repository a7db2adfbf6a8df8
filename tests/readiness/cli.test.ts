import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { declaresNothing, reportIn, temporary, trace } from "./check/support.ts";
import { edit, makeProject, type Run, run } from "./project.ts";

let bare: string;
beforeAll(() => {
  bare = makeProject(declaresNothing);
  return () => rmSync(bare, { recursive: true });
});

describe("check of the whole program", () => {
  it("ends GO for staging with where production stands as the last line", async () => {
    const { status, stdout, stderr } = await run(["check"]);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^GO {2}staging, /);
    expect(stdout).toMatch(/\nstaging: GO, .*\nprod: NO-GO, .*\(npm run check -- --stack prod\)\n$/);
    expect(status).toBe(0);
  });

  describe("with --all", () => {
    let all: Run;
    beforeAll(async () => {
      all = await run(["check", "--all", "--format", "json"]);
    });

    it("reports every stack, and the worst decides", () => {
      const verdicts = reportIn(all).stacks.map((s) => `${s.stack} ${s.verdict}`);
      expect(verdicts.toSorted()).toEqual(["prod NO-GO", "staging GO"]);
      expect(all.stderr).toBe("");
      expect(all.status).toBe(1);
    });

    it("finds nothing wrong with production's infrastructure, and says what is not proven", () => {
      const prod = reportIn(all).stacks.find((s) => s.stack === "prod");
      const open = prod?.checklist.filter((i) => i.required && i.standing !== "proven") ?? [];
      expect(open.map((i) => i.standing)).toEqual(open.map(() => "unproven"));
      expect(prod?.reasons).toEqual([expect.stringMatching(/^\d+ items have no proof yet: /)]);
      expect(prod?.commit.id).toMatch(/^[0-9a-f]{40}$/);
    });
  });
});

describe("exit status and streams", () => {
  it("is 1 for NO-GO, with nothing but JSON on standard output", async () => {
    const result = await run(["check", "--format", "json"], { cwd: bare });
    expect(reportIn(result).stacks).toMatchObject([
      { stack: "staging", verdict: "NO-GO", commit: { id: null, reason: expect.any(String) } },
    ]);
    expect(result.stderr).toBe("hello from the program\n");
    expect(result.status).toBe(1);
  });

  it("is 3 where the program fails, with its message and line but no stack trace", async () => {
    const cwd = temporary("\nthrow new Error('no such zone');\n");
    const { status, stdout, stderr } = await run(["check", "--stack", "prod"], { cwd });
    expect(stderr).toBe("index.ts failed for stack prod: no such zone [index.ts:2]\n");
    expect(stdout).toBe("");
    expect(status).toBe(3);
    expect((await run(["check", "--stack", "prod"], { cwd, env: { DEBUG: "1" } })).stderr).toMatch(trace);
  });

  it.each(["process.exit(0);\n", "process.exitCode = 0;\nawait new Promise(() => {});\n"])(
    "is 3 where the program never gets to its end: %j",
    async (program) => {
      const { status, stdout, stderr } = await run(["check"], { cwd: temporary(program) });
      expect(stderr).not.toBe("");
      expect(stderr).not.toMatch(trace);
      expect(stdout).toBe("");
      expect(status).toBe(3);
    },
  );

  it("is 3 where the program logs an error", async () => {
    const cwd = temporary("import * as p from '@pulumi/pulumi';\nawait p.log.error('quota exceeded');\n");
    const { status, stderr } = await run(["check", "--stack", "prod"], { cwd });
    expect(stderr).toBe("index.ts failed for stack prod: quota exceeded\n");
    expect(status).toBe(3);
  });

  it("goes by staging alone where production is only mentioned", async () => {
    const cwd = temporary("if (process.env.X) throw 1;\n");
    edit(join(cwd, "Pulumi.prod.yaml"), "readiness:product", "readiness:prodct");
    const { status, stdout, stderr } = await run(["check"], { cwd });
    expect(stdout).toMatch(/\nprod: could not be evaluated \(npm run check -- --stack prod\)\n$/);
    expect(stderr).toBe("");
    expect(status).toBe(1);
  });

  it("is silent when its reader has seen enough", async () => {
    const { status, stderr } = await run(["check", "--format", "json"], { cwd: bare, closed: true });
    expect(stderr).toBe("hello from the program\n");
    expect(status).toBe(1);
  });

  it("says the verdict last and nothing else below it when told to be quiet", async () => {
    const { status, stdout } = await run(["check", "--quiet"], { cwd: bare });
    expect(stdout).toMatch(/^Failures\n(.*\n)*\nNO-GO {2}staging, staging tier, .*\n\d+ items fail: .*\n$/);
    expect(status).toBe(1);
  });

  it("does not evaluate production where stacks are named", async () => {
    const { stdout } = await run(["check", "--stack", "staging"], { cwd: bare });
    expect(stdout).toMatch(/\nprod: not checked \(npm run check -- --stack prod\)\n$/);
  });

  it("colours when FORCE_COLOR asks for it, and not in a pipe", async () => {
    const plain = await run(["check", "--stack", "prod"], { cwd: bare });
    const forced = await run(["check", "--stack", "prod"], { cwd: bare, env: { FORCE_COLOR: "1" } });
    expect(plain.stdout).not.toContain("\u001b");
    expect(forced.stdout).toContain("\u001b[");
  });
});

describe("bad usage", () => {
  it.each<[string[], RegExp]>([
    [["check", "--stakc", "prod"], /unknown option '--stakc'.*Did you mean --stack\?/],
    [["chekc"], /unknown command 'chekc'.*Did you mean check\?/],
    [["check", "--format", "jsn"], /no format "jsn"; did you mean "json"\?/],
    [["check", "--stack"], /argument missing/],
    [["check", "prod"], /too many arguments/],
    [["check", "--all", "--stack", "prod"], /cannot be used with/],
    [["check", "--stack", "prdo"], /no stack "prdo"; did you mean "prod"\?/],
    [["check", "--quiet", "--format", "json"], /--quiet shortens the text report/],
    [["check", "--format", "json", "--format", "sarif"], /two reports cannot both go to standard output/],
  ])("%j exits 2 with one line", async (args, message) => {
    const { status, stdout, stderr } = await run(args, { cwd: bare });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  it("shows help and exits 0 when asked to", async () => {
    const { status, stdout } = await run(["check", "--help"]);
    expect(stdout).toContain("--stack <name>");
    expect(status).toBe(0);
  });
});
