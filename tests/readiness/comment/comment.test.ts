import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comment, composeComment } from "../../../readiness/comment/comment.ts";
import { readPlan } from "../../../readiness/plan/plan.ts";
import { reportOf, type StackReport, stackReport } from "../../../readiness/report.ts";
import { commit, finding, findingsFor, stackOf } from "../fixtures.ts";
import { ended, failed, type Step, step, writeEvents } from "../plan/events.ts";
import { run } from "../project.ts";
import { makeWorld, type World } from "../pulumi/world.ts";

let folder: string;
let world: World;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "readiness-comment-"));
  world = makeWorld();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  world.dispose();
});

const planOf = (...events: readonly object[]) => readPlan(writeEvents(folder, events));
const staging = stackReport(stackOf("staging"), findingsFor("pass"), commit, []);
const prod = stackReport(stackOf("prod"), [finding("DB-02", "fail")], commit, []);
const report = reportOf([staging, prod]);
const update: Step = {
  op: "update",
  type: "aws:rds/instance:Instance",
  name: "portal-db",
  diffs: ["instanceClass"],
  before: { instanceClass: "db.t4g.medium" },
  after: { instanceClass: "db.m7g.large" },
};

describe("the comment", () => {
  it("begins with where each stack stands and what would happen to it", () => {
    const text = composeComment(report, [["staging", planOf(step(update), ended)]]);
    const [, , first, second] = text.split("\n");
    expect(first).toMatch(
      /^\| `staging` \| \*\*GO\*\*, \d+ proven of \d+ required items \| 1 to update, 0 unchanged \|$/,
    );
    expect(second).toMatch(/^\| `prod` \| \*\*NO-GO\*\*, .* \| not previewed \|$/);
  });

  it("links to the whole report, once it is somewhere, and tells where stacks stand once", () => {
    const text = composeComment(
      report,
      [],
      undefined,
      "https://github.com/acme/shop/actions/runs/1/artifacts/2",
    );
    expect(text).toContain(
      "\n\n[The whole report](https://github.com/acme/shop/actions/runs/1/artifacts/2)\n\n",
    );
    expect(text.match(/\*\*NO-GO\*\*/g)).toHaveLength(1);
    expect(composeComment(report, [])).not.toContain("The whole report");
  });

  it.each(["", "report.html", "javascript:alert(1)", "file:///etc/passwd"])(
    "links to nothing that is no web address: %j",
    async (page) => {
      const file = join(folder, "linked.json");
      writeFileSync(file, JSON.stringify(report));
      const { status, stdout, stderr } = await run(["comment", "--report", file, "--page", page]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toContain("address on the web");
    },
  );

  it("keeps an address a link, whatever stands in it", async () => {
    const file = join(folder, "linked.json");
    writeFileSync(file, JSON.stringify(report));
    const page = "https://example.com/a) [b](https://evil.example) |";
    const { stdout } = await run(["comment", "--report", file, "--page", page]);
    expect(stdout).toContain(
      "[The whole report](https://example.com/a%29%20%5bb%5d%28https://evil.example%29%20%7c)\n",
    );
  });

  it("shows changes, the bill and findings", () => {
    const text = composeComment(report, [["staging", planOf(step(update), ended)]]);
    expect(text).toContain("| update | `portal-db` | `aws:rds/instance:Instance` | `instanceClass` |");
    expect(text).toContain(
      "| update | RDS instance | `portal-db` | instanceClass db.t4g.medium → db.m7g.large |",
    );
    expect(text).toMatch(/DB-02.*backupRetentionPeriod is 1 day/);
  });

  it("tells in money what the bill was and becomes, where the report knows what the stack costs", () => {
    const size = { allocatedStorage: 0, storageType: "gp3" };
    const changed = {
      ...update,
      before: { instanceClass: "db.t4g.micro", ...size },
      after: { instanceClass: "db.t4g.medium", ...size },
    };
    const budget = { monthlyUsd: 150, unpricedUsd: null, because: null };
    const cost = { seen: "2026-11-25", region: "us-east-1", budget, usd: [100, 120], lines: [], byUse: [] };
    const known = {
      ...staging,
      operations: { cost: { value: cost, reason: null } },
    } as unknown as StackReport;
    const told = (of: StackReport) =>
      composeComment(reportOf([of]), [["staging", planOf(step(changed), ended)]]);
    expect(told(known)).toContain(
      "At list prices $64–84 a month before, $100–120 after. The budget is $150 a month.",
    );
    expect(told(staging)).not.toContain("At list prices");
  });

  it("says that a preview failed, and why", () => {
    const policyEvent = { enforcementLevel: "mandatory", message: "Kept\nportal-db: 1 day, must be ≥ 7" };
    const text = composeComment(report, [["staging", planOf({ policyEvent }, failed)]]);
    expect(text).toContain("## Plan of staging: the preview failed before it planned anything");
    expect(text).toContain("### Stopped by policy\n\n- portal-db: 1 day, must be ≥ 7\n");
    const begun = composeComment(report, [["staging", planOf(step(update), failed)]]);
    expect(begun).toContain("| `staging` | **");
    expect(begun).toContain("## Plan of staging: 1 to update, 0 unchanged (the preview failed)");
  });

  it("counts what many resources have in common", () => {
    const type = "datadog:index/syntheticsTest:SyntheticsTest";
    const tests = ["a", "b", "c", "d"].map((name) =>
      step({ ...update, type, name, before: { status: "live" }, after: { status: "paused" } }),
    );
    const many = ["e", "f"].map((name) => step({ op: "create", type: "aws:kms/key:Key", name }));
    const text = composeComment(report, [["staging", planOf(...tests, ...many, ended)]]);
    expect(text).toContain("| create | 2 resources | `aws:kms/key:Key` |");
    expect(text).toContain(
      "| update | synthetic test runs | `a`, `b`, `c` and 1 more | status live → paused |",
    );
  });

  it("reports a stack that could not be evaluated", () => {
    const text = composeComment(
      reportOf([], [{ stack: "prod", reason: "it cannot be used", issues: [] }]),
      [],
    );
    expect(text).toContain("| `prod` | could not be evaluated | not previewed |");
  });

  it("lets no name or value out of its place", () => {
    const hostile = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom("| x |", "`", "@team", "</details>", "a\n# b"),
    );
    fc.assert(
      fc.property(hostile, hostile, fc.constantFrom("update", "delete", "create"), (name, value, op) => {
        const text = composeComment(reportOf([staging]), [
          [
            "staging",
            planOf(step({ ...update, op, name, diffs: [value], after: { instanceClass: value } }), ended),
          ],
        ]);
        const rows = text
          .split("\n")
          .filter((line) => line.startsWith(`| ${op === "delete" ? "**delete**" : op} |`));
        for (const row of rows) expect(row.replaceAll("\\|", "").split("|")).toHaveLength(6);
        expect(text.match(/^<\/details>$/gm)).toHaveLength(2);
        expect(text.replaceAll(/`[^`]*`/g, "")).not.toContain("@team");
      }),
      { numRuns: 50 },
    );
  });

  it("fits into GitHub's limit however much there is to say", () => {
    const steps = Array.from({ length: 3_000 }, (_, i) =>
      step({ ...update, name: `resource-${i}`.padEnd(300, "x") }),
    );
    const errors = Array.from({ length: 200 }, (_, i) => ({
      diagnosticEvent: { severity: "error", message: `${i}`.padEnd(5_000, "@team ") },
    }));
    const text = composeComment(report, [["staging", planOf(...steps, ...errors, failed)]]);
    expect(text.length).toBeLessThan(65_536 - 100);
    expect(text).toContain("_and 2940 more: see the log_");
  });
});

describe("npm run comment", () => {
  const files = () => {
    writeFileSync(join(folder, "report.json"), JSON.stringify(report));
    const events = writeEvents(folder, [step(update), ended]);
    return ["comment", "--report", join(folder, "report.json"), "--plan", `staging=${events}`];
  };
  const calls = (): { args: string[]; input: { body: string } | null }[] =>
    readFileSync(join(world.cwd, "gh.log"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  const comments = (...nodes: object[]) =>
    JSON.stringify([{ data: { repository: { pullRequest: { list: { nodes } } } } }]);
  const post = async (answer: string, more: NodeJS.ProcessEnv = {}) => {
    rmSync(join(world.cwd, "gh.log"), { force: true });
    const env = world.env({}, { FAKE_GH: answer, ...more });
    return run([...files(), "--pull-request", "12"], { cwd: world.cwd, env });
  };
  const mark = "<!-- production-readiness: pull request -->";

  it("prints the comment", async () => {
    const { status, stdout } = await run(files(), { cwd: world.cwd });
    expect(stdout).toBe(composeComment(report, [["staging", planOf(step(update), ended)]]));
    expect(status).toBe(0);
  });

  it("posts it the first time", async () => {
    const somebodyElses = { number: 7, body: `${mark}\nforged`, viewerDidAuthor: false };
    const another = { number: 8, body: "Coverage: 80 %", viewerDidAuthor: true };
    expect((await post(comments(somebodyElses, another))).status).toBe(0);
    const [asked, sent] = calls();
    expect(asked?.args).toEqual(expect.arrayContaining(["--paginate", "--slurp", "pullRequest=12"]));
    expect(sent?.args).toEqual([
      "api",
      "-X",
      "POST",
      "repos/{owner}/{repo}/issues/12/comments",
      "--input",
      "-",
    ]);
    expect(sent?.input?.body.startsWith(`${mark}\n| Stack`)).toBe(true);
  });

  it("updates it from then on", async () => {
    await post(comments({ number: 99, body: `${mark}\nold`, viewerDidAuthor: true }));
    const sent = calls().at(-1);
    expect(sent?.args.slice(1, 4)).toEqual(["-X", "PATCH", "repos/{owner}/{repo}/issues/comments/99"]);
  });

  it("fails where GitHub refuses", async () => {
    const { status, stderr } = await post("", { FAKE_GH_STATUS: "1" });
    expect(stderr).toBe("error: GitHub refused; its answer stands above\n");
    expect(status).toBe(2);
  });

  it("fails where there is no gh", async () => {
    const { status, stderr } = await post("", { PATH: "/nowhere" });
    expect(stderr).toMatch(/gh is not installed/);
    expect(status).toBe(2);
  });

  it.each([
    [{ report: "package.json", plan: [] }, /package\.json is no report/],
    [{ report: "missing.json", plan: [] }, /missing\.json is no report/],
    [{ report: "package.json", plan: ["staging"] }, /is not <stack>=<file>/],
    [{ report: "tests/readiness/comment/cut-off.json", plan: [] }, /--report .*cut-off\.json is no report/],
  ])("%j is bad usage", async (options, message) => {
    await expect(comment(options)).rejects.toThrow(message);
  });
});
