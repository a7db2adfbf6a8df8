import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { describeDrift } from "../../../readiness/drift/drift.ts";
import { putIssue } from "../../../readiness/github.ts";
import { readPlan } from "../../../readiness/plan/plan.ts";
import { stackReport } from "../../../readiness/report.ts";
import { serveVendors, type Thing } from "../../support/vendors.ts";
import { commit, findingsFor, stackOf } from "../fixtures.ts";
import { ended, step, writeEvents } from "../plan/events.ts";
import { run } from "../project.ts";
import { makeWorld, type Script, type World } from "../pulumi/world.ts";

let world: World;
beforeAll(() => {
  world = makeWorld();
});
beforeEach(() => {
  world.forget();
  rmSync(join(world.cwd, "gh.log"), { force: true });
});
afterAll(() => world.dispose());

const changed = step({
  op: "update",
  type: "aws:rds/instance:Instance",
  name: "portal-db",
  diffs: ["multiAz"],
});
/** Of a stack that has nothing, so that every rule fails. */
const state = { version: 3, deployment: { manifest: { time: "2026-01-05T09:00:00Z" } } };
const drift = (args: readonly string[], events: readonly object[], script: Script = {}, more = {}) => {
  const file = writeEvents(world.cwd, events, "given.jsonl");
  const env = world.env({ export: state, events: file, ...script }, more);
  return run(["drift", "--stack", "staging", ...args], { cwd: world.cwd, env });
};
const sent = (): { args: string[]; input: Record<string, string> | null }[] =>
  readFileSync(join(world.cwd, "gh.log"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const issues = (...nodes: object[]) => ({
  FAKE_GH: JSON.stringify([{ data: { repository: { list: { nodes } } } }]),
});
const mark = "<!-- production-readiness: drift of staging -->";

const sound = stackReport(stackOf("staging"), findingsFor("pass"), commit, []);

describe("drift", () => {
  it("compares by a preview that refreshes and changes nothing", async () => {
    await drift(["--parallel", "4"], [ended]);
    const [exported, previewed] = world.commands();
    expect(exported).toEqual(["stack", "export", "--stack", "staging"]);
    expect(previewed?.slice(0, 5)).toEqual(["preview", "--stack", "staging", "--refresh", "--event-log"]);
    expect(previewed?.at(-1)).toBe("--parallel=4");
  });

  it("tells what an update would put back, and what rules say of the state", async () => {
    const { status, stdout } = await drift([], [changed, ended]);
    expect(stdout).toContain("1 to update");
    expect(stdout).toContain("| update | `portal-db` | `aws:rds/instance:Instance` | `multiAz` |");
    expect(stdout).toMatch(/What is deployed breaks rules:\n\n(- .*\n)*- staging: no Instance is declared/);
    expect(status).toBe(1);
  });

  it("gives Pulumi's status where it fails: nothing is known then", async () => {
    const { status } = await drift(["--issue"], [ended], { status: { preview: 5 } });
    expect(status).toBe(5);
    expect(() => sent()).toThrow();
  });

  it("opens an issue, and updates it as long as it is open", async () => {
    await drift(["--issue"], [changed, ended], {}, issues());
    expect(sent().at(-1)).toMatchObject({
      args: ["api", "-X", "POST", "repos/{owner}/{repo}/issues", "--input", "-"],
      input: { title: "staging has drifted", body: expect.stringContaining(mark) },
    });
    await drift(["--issue"], [changed, ended], {}, issues({ number: 5, body: mark, viewerDidAuthor: true }));
    expect(sent().at(-1)?.args.slice(1, 4)).toEqual(["-X", "PATCH", "repos/{owner}/{repo}/issues/5"]);
  });

  it("cannot do without the state", async () => {
    const { status, stderr } = await drift([], [ended], { status: { stack: 6 } });
    expect(stderr).toMatch(/state of staging cannot be read/);
    expect(status).toBe(2);
  });

  it("is none where nothing would change and no rule fails, and closes the issue then", async () => {
    const plan = readPlan(writeEvents(world.cwd, [ended]));
    expect(describeDrift(plan, sound, { namesakes: [], unseen: [] })).toEqual({ text: undefined, status: 0 });

    const env = world.env({}, issues({ number: 5, body: mark, viewerDidAuthor: true }));
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    await putIssue("drift of staging", "staging has drifted", undefined);
    vi.unstubAllEnvs();
    expect(sent().at(-1)).toMatchObject({ input: { state: "closed" } });
  });
});

describe("doubles", () => {
  const type = "pagerduty:index/team:Team";
  const own = { type, id: "P1", inputs: { name: "portal" } };
  const urn = `urn:pulumi:staging::readiness::${type}::portal-team`;
  const deployment = { ...state.deployment, resources: [{ urn, custom: true, ...own }] };
  const look = async (things: readonly Thing[], more = {}) => {
    const vendors = await serveVendors(() => things);
    try {
      return await drift([], [ended], { export: { version: 3, deployment } }, { ...vendors.env, ...more });
    } finally {
      vendors.close();
    }
  };

  it("are told with both ids, where the other is, and what to do", async () => {
    const { status, stdout } = await look([own, { ...own, id: "P2" }]);
    expect(stdout).toContain(
      `| \`portal-team\` | \`${type}\` | \`P1\` | \`P2\` | \`https://example.pagerduty.com/teams/P2\` |`,
    );
    expect(stdout).toContain("delete it at the vendor");
    expect(status).toBe(1);
  });

  it("are none where there is one of each name", async () => {
    const { stdout } = await look([own, { ...own, id: "P2", inputs: { name: "another" } }]);
    expect(stdout).not.toMatch(/same name|Doubles/);
  });

  it("are not known where nobody could look", async () => {
    const plan = readPlan(writeEvents(world.cwd, [ended]));
    const { text, status } = describeDrift(plan, sound, { namesakes: [], unseen: ["PagerDuty: why"] });
    expect(text).toBe("Doubles were not looked for:\n\n- `PagerDuty: why`\n");
    expect(status).toBe(3);
    const { stdout } = await look([]);
    expect(stdout).toContain("its vendor's list lacks portal-team, which the state has");
  });
});
