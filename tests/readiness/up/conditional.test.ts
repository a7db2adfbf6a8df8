/** Production whose report is made up: what the command line asks and does for one that is CONDITIONAL. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { StackReport } from "../../../readiness/report.ts";
import { up } from "../../../readiness/up/up.ts";
import { conditionalReport, finding, waived } from "../fixtures.ts";
import { git } from "../proofs/ready-project.ts";
import { makeWorld, type World } from "../pulumi/world.ts";

let world: World;
beforeAll(() => {
  world = makeWorld();
  git(world.cwd, "init", "--quiet");
  writeFileSync(join(world.cwd, ".gitignore"), "node_modules\nhome\n*.log\n");
  git(world.cwd, "add", "--all");
  git(world.cwd, "commit", "--quiet", "--message", "Everything");
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  world.forget();
});
afterAll(() => world.dispose());

async function updated(report: StackReport) {
  for (const [name, value] of Object.entries(world.env({}, { CI: "true" }))) vi.stubEnv(name, value);
  let output = "";
  const write = (text: string | Uint8Array) => {
    output += text;
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(write);
  vi.spyOn(process.stderr, "write").mockImplementation(write);
  const commit = git(world.cwd, "rev-parse", "HEAD");
  const assess = async () => report;
  const status = await up({ stack: "prod", yes: true, commit }, [], world.cwd, assess);
  return { status, output, commands: world.commands().map(([name]) => name) };
}

describe("up of production", () => {
  it("begins where all that is open is waived, and says what that is", async () => {
    const { status, output, commands } = await updated(conditionalReport());
    expect(output).toMatch(/Readiness of prod: CONDITIONAL, 2 waived of \d+ required items/);
    expect(output).toContain(`DB-02 (db-02-holds) for portal-db is ${waived[0]}\n`);
    expect(output).toContain(`PRE-02 for stack is ${waived[1]}\n`);
    expect(commands).toEqual(["stack", "preview", "up"]);
    expect(status).toBe(0);
  });

  it.each([
    ["fail", "NO-GO", 1],
    ["unknown", "UNDETERMINED", 3],
  ] as const)("does not begin with %s beside it", async (outcome, verdict, expected) => {
    const { status, output, commands } = await updated(conditionalReport(finding("DB-03", outcome)));
    expect(output).toContain(`prod is not deployed: its verdict is ${verdict}.\n`);
    expect(commands).toEqual([]);
    expect(status).toBe(expected);
  });
});
