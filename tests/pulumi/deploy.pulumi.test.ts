/** The commands that users run, over the real CLI and engine, on the whole staging stack. */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtCli } from "../../tools/pulumi-cli/build.ts";
import { run } from "../readiness/project.ts";
import { credentials } from "../readiness/pulumi/world.ts";
import { createTestStack, projectDir, projectProgram, type TestStack } from "./workspace.ts";

let test: TestStack;
beforeAll(async () => {
  test = await createTestStack("staging", projectProgram);
  for (const name of ["policies", "node_modules"]) {
    symlinkSync(join(projectDir, name), join(test.directory, "project", name));
  }
});
afterAll(() => test.dispose());

const command = (...args: string[]) =>
  run(args, {
    cwd: join(test.directory, "project"),
    env: { ...credentials, ...test.stack.workspace.envVars, PULUMI_CLI: builtCli(), HOME: test.directory },
  });
const up = () => command("up", "--stack", "staging", "--yes", "--suppress-progress");

/** A generated value is nowhere but in the state: there is nothing to look for, and a second one is no double. */
const isGenerated = (urn: string) => urn.includes("random:index/");

describe("an update", () => {
  it("that died while it created something is followed by none until that is settled", async () => {
    test.clouds.plan({ call: 40, moment: "after", kind: "kill" });
    expect((await up()).status).toBe(137);
    test.clouds.plan();
    await test.stack.cancel();

    const before = test.clouds.events().length;
    const { status, stderr } = await up();
    expect(stderr).toMatch(/^An update of staging ended while it was creating \d+ resources?/);
    const pending = test.readState().pending_operations?.map(({ resource }) => resource.urn) ?? [];
    for (const urn of pending.filter((urn) => !isGenerated(urn))) expect(stderr).toContain(urn);
    expect(test.clouds.events()).toHaveLength(before);
    expect(status).toBe(1);
  });

  it("is possible again when what exists was adopted and the rest dropped", async () => {
    const pending = test.readState().pending_operations?.map(({ resource }) => resource.urn) ?? [];
    const exists = test.clouds.live().filter(({ urn }) => pending.includes(urn) && !isGenerated(urn));
    expect(exists).not.toEqual([]);
    const adopted = exists.flatMap(({ urn, id }) => ["--adopt", `${urn}=${id}`]);
    const recovered = await command("recover", "--stack", "staging", ...adopted, "--drop-others", "--yes");
    expect(recovered.status).toBe(0);

    const { status, stdout } = await up();
    expect(stdout).toMatch(/\nReadiness of staging: GO, /);
    expect(status).toBe(0);
    const urns = test.clouds.live().flatMap(({ urn }) => (isGenerated(urn) ? [] : urn));
    expect(urns).toHaveLength(new Set(urns).size);
    expect(test.readState().pending_operations ?? []).toEqual([]);
  });

  it("leaves nothing to do, until somebody changes something around the code", async () => {
    const still = await command("drift", "--stack", "staging");
    expect(still.stdout).toMatch(/staging has not drifted, and no rule fails\.\n$/);
    expect(still.status).toBe(0);

    const database = test.clouds.live().find(({ type }) => type === "aws:rds/instance:Instance");
    if (!database) throw new Error("there is no database");
    test.clouds.change(database, { backupRetentionPeriod: 1 });
    const changed = await command("drift", "--stack", "staging");
    expect(changed.stdout).toContain(
      "| update | `portal-db` | `aws:rds/instance:Instance` | `backupRetentionPeriod` |",
    );
    expect(changed.status).toBe(1);
  });
});
