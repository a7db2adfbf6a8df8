import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text as streamText } from "node:stream/consumers";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formats } from "../../readiness/render/formats.ts";
import schema from "../../readiness/report.schema.json" with { type: "json" };
import type { Report } from "../../readiness/report.ts";
import { canary, deployedResource, exported, secretOf } from "./exports.ts";
import { edit, makeProject, project, type Run, type RunOptions, run } from "./project.ts";

const trace = /^\s+at .+:\d+/m;
const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

/** A project that declares nothing, so that every rule fails, and quickly. */
let bare: string;
const made: string[] = [];

function temporary(program: string): string {
  const folder = makeProject(program);
  made.push(folder);
  return folder;
}

beforeAll(() => {
  bare = temporary("console.log('hello from the program');\n");
});
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

/** A JSON report that is valid, from standard output alone. */
function reportIn({ stdout }: Run): Report {
  const document = JSON.parse(stdout);
  valid(document);
  expect(valid.errors).toBeNull();
  return document;
}

describe("check of this project", () => {
  it("ends GO for staging with where production stands as the last line", async () => {
    const { status, stdout, stderr } = await run(["check"]);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^GO {2}staging, /);
    expect(stdout).toMatch(/\nstaging: GO, .*\nprod: NO-GO, .*\(npm run check -- --stack prod\)\n$/);
    expect(status).toBe(0);
  });

  it("reports every stack with --all, and the worst decides", async () => {
    const result = await run(["check", "--all", "--format", "json"]);
    const verdicts = reportIn(result).stacks.map((s) => `${s.stack} ${s.verdict}`);
    expect(verdicts.toSorted()).toEqual(["prod NO-GO", "staging GO"]);
    expect(result.stderr).toBe("");
    expect(result.status).toBe(1);
  });

  it("finds nothing wrong with production's infrastructure, and says what is not proven", async () => {
    const result = await run(["check", "--stack", "prod", "--format", "json"]);
    const [prod] = reportIn(result).stacks;
    const open = prod?.checklist.filter((i) => i.required && i.standing !== "proven") ?? [];
    expect(open.map((i) => i.standing)).toEqual(open.map(() => "unproven"));
    expect(prod?.reasons).toEqual([expect.stringMatching(/^\d+ items have no proof yet: /)]);
    expect(prod?.commit.id).toMatch(/^[0-9a-f]{40}$/);
    expect(result.status).toBe(1);
  });
});

describe("check of what is deployed", () => {
  let cwd: string;
  beforeAll(() => {
    cwd = temporary("throw new Error('the program must not run');\n");
    const bucket = deployedResource("aws:s3/bucket:Bucket", "portal-static", {
      tags: { owner: "web", token: secretOf({ plaintext: `"${canary}"` }) },
    });
    writeFileSync(join(cwd, "state.json"), JSON.stringify(exported([bucket]), undefined, 4));
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

  it("reads standard input, and says what it judged first and last", async () => {
    const input = readFileSync(join(cwd, "state.json"), "utf8");
    const { status, stdout } = await run(["check", "--state", "-", "--stack", "prod"], { cwd, input });
    expect(stdout).toMatch(
      /^NO-GO {2}prod, production tier, as deployed \(standard input, written 2026-03-02T09:20:30Z\)\n/,
    );
    expect(stdout).toMatch(/\nprod as deployed: NO-GO, .*\n$/);
    expect(status).toBe(1);
  });

  it("shows no secret in any format", async () => {
    const files = formats.flatMap((format) => ["--format", format, "--out", `report.${format}`]);
    const { stdout, stderr } = await run(["check", "--state", "state.json", ...files], { cwd });
    const all = [stdout, stderr, ...formats.map((f) => readFileSync(join(cwd, `report.${f}`), "utf8"))];
    expect(all.filter((text) => text.includes(canary) || text === "")).toEqual([stderr]);
  });

  it("needs the project that it is a state of", async () => {
    const { status, stderr } = await run(["check", "--state", "state.json"], { cwd: join(cwd, "..") });
    expect(stderr).toBe("error: there is no Pulumi.yaml in this folder\n");
    expect(status).toBe(2);
  });

  it.each<[string[], string, RegExp]>([
    [["state.json", "--stack", "staging"], "", /is the state of the stack "prod", must be "staging"/],
    [["state.json", "--stack", "prod", "--stack", "staging"], "", /--state is the state of one stack/],
    [["none.json"], "", /there is no such file/],
    [["-"], "", /from standard input: it is empty/],
    [["-"], `{"version": 3, "deployment": {"resources": [{"urn": "${canary}`, /it ends in the middle/],
    [["state.json", "--all"], "", /cannot be used with/],
    [["state.json", "--state", "state.json"], "", /--state can be given once/],
  ])("%j exits 2 with one line", async (args, input, message) => {
    const { status, stdout, stderr } = await run(["check", "--state", ...args], { cwd, input });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).not.toContain(canary);
    expect(stdout).toBe("");
    expect(status).toBe(2);
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

describe("bad config", () => {
  it.each<[string, string | RegExp, string, RegExp]>([
    ["a misspelled key", "readiness:product:", "readiness:prodct:", /prodct.*did you mean.*product/],
    ["a wrong type", /^ +multiAz: .*$/m, "    multiAz: sometimes", /database\.multiAz/],
    ["invalid YAML", /^/, "config: [\n", /Pulumi\.prod\.yaml/],
  ])("%s exits 2 and says what to mend", async (_, from, to, message) => {
    const cwd = temporary("");
    edit(join(cwd, "Pulumi.prod.yaml"), from, to);
    const { status, stdout, stderr } = await run(["check", "--stack", "prod"], { cwd });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(trace);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  it("is reported beside the stacks that can be evaluated", async () => {
    const cwd = temporary("");
    edit(join(cwd, "Pulumi.prod.yaml"), "readiness:product:", "readiness:prodct:");
    const result = await run(["check", "--all", "--format", "json"], { cwd });
    const { stacks, notEvaluated } = reportIn(result);
    expect(stacks.map((s) => s.stack)).toEqual(["staging"]);
    expect(notEvaluated).toMatchObject([{ stack: "prod", issues: expect.any(Array) }]);
    expect(notEvaluated[0]?.issues).not.toEqual([]);
    expect(result.stderr).toContain("Pulumi.prod.yaml");
    expect(result.status).toBe(2);
  });

  it("is reported where no stack can be evaluated", async () => {
    const cwd = temporary("");
    edit(join(cwd, "Pulumi.prod.yaml"), "readiness:product:", "readiness:prodct:");
    const result = await run(["check", "--stack", "prod", "--format", "json"], { cwd });
    expect(reportIn(result)).toMatchObject({ stacks: [], notEvaluated: [{ stack: "prod" }] });
    expect(result.status).toBe(2);
  });
});

describe("files", () => {
  const json = (out: string, options: RunOptions = { cwd: bare }) =>
    run(["check", "--stack", "prod", "--format", "json", "--out", out], options);

  it("are written by nobody who did not ask", async () => {
    const before = readdirSync(bare);
    await run(["check"], { cwd: bare });
    expect(readdirSync(bare)).toEqual(before);
  });

  it("hold the report that --out asks for, replacing an older one", async () => {
    const cwd = temporary("");
    writeFileSync(join(cwd, "report.json"), "old");
    symlinkSync("report.json", join(cwd, "link.json"));
    const before = readdirSync(cwd);
    const { status, stdout } = await json("link.json", { cwd });
    expect(stdout).toMatch(/^prod: NO-GO, .*\n$/);
    expect(status).toBe(1);
    expect(readdirSync(cwd)).toEqual(before);
    reportIn({ status, stdout: readFileSync(join(cwd, "report.json"), "utf8"), stderr: "" });
  });

  it("may be several, in a format each, beside a report on standard output", async () => {
    const cwd = temporary("");
    const markdown = ["--format", "markdown", "--out", "report.md"];
    const sarif = ["--format", "sarif", "--out", "report.sarif"];
    const { status, stdout } = await run(
      ["check", "--stack", "prod", ...markdown, ...sarif, "--format", "json"],
      {
        cwd,
      },
    );
    reportIn({ status, stdout, stderr: "" });
    expect(readFileSync(join(cwd, "report.md"), "utf8")).toMatch(/^## ❌ NO-GO: prod, /);
    expect(JSON.parse(readFileSync(join(cwd, "report.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
    expect(status).toBe(1);
  });

  it("may be a pipe, which stays one", async () => {
    const pipe = join(temporary(""), "pipe");
    execFileSync("mkfifo", [pipe]);
    const reader = spawn("cat", [pipe]);
    const text = streamText(reader.stdout);
    await json(pipe);
    reader.kill();
    expect(await text).toContain('"schemaVersion"');
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  it.each([
    ["missing/report.json", /there is no folder missing/],
    ["folder", /is a folder/],
    ["package.json/report.json", /there is no folder package\.json/],
  ])("%s cannot be written: exit 2 before any work", async (out, message) => {
    mkdirSync(join(bare, "folder"), { recursive: true });
    const { status, stdout, stderr } = await json(out);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  it("are left alone in this project", () => {
    expect(readdirSync(project).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});
