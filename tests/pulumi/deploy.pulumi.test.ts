/** The commands that users run, over the real CLI and engine, on the whole staging stack. */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtCli } from "../../tools/pulumi-cli/build.ts";
import { run } from "../readiness/project.ts";
import { credentials } from "../readiness/pulumi/world.ts";
import { serveVendors, type Vendors } from "../support/vendors.ts";
import { embedded } from "./compare.ts";
import { createTestStack, projectDir, projectProgram, type TestStack } from "./workspace.ts";

let test: TestStack;
let vendors: Vendors;
beforeAll(async () => {
  test = await createTestStack("staging", projectProgram);
  vendors = await serveVendors(() => test.clouds.live());
  for (const name of ["policies", "node_modules"]) {
    symlinkSync(join(projectDir, name), join(test.directory, "project", name));
  }
});
afterAll(async () => {
  vendors.close();
  await test.dispose();
});

const command = (...args: string[]) =>
  run(args, {
    cwd: join(test.directory, "project"),
    env: {
      ...credentials,
      ...test.stack.workspace.envVars,
      ...vendors.env,
      PULUMI_CLI: builtCli(),
      HOME: test.directory,
    },
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

  it("is settled by adopting what exists and dropping the rest", async () => {
    const pending = test.readState().pending_operations?.map(({ resource }) => resource.urn) ?? [];
    const exists = test.clouds.live().filter(({ urn }) => pending.includes(urn) && !isGenerated(urn));
    expect(exists).not.toEqual([]);
    const adopted = exists.flatMap(({ urn, id }) => ["--adopt", `${urn}=${id}`]);
    const recovered = await command("recover", "--stack", "staging", ...adopted, "--drop-others", "--yes");
    expect(recovered.status).toBe(0);
  });

  it("that a vendor stored and answered with an error names what finds it, and takes it over", async () => {
    const kind = "pagerduty:index/service:Service";
    const there = new Set(test.clouds.live().map((r) => r.urn));
    const declared = embedded(test).registrations.filter(({ type, urn }) => type === kind && !there.has(urn));
    const urn = declared[0]?.urn ?? "";
    test.clouds.plan({ call: urn, moment: "after", kind: "error" });
    const failed = await up();
    test.clouds.plan();
    expect(failed.stderr).toMatch(/\n\nnpm run recover -- --stack staging\n\n- /);
    expect(failed.stderr).toContain(`(${kind})\n`);
    expect(failed.status).not.toBe(0);

    const found = await command("recover", "--stack", "staging");
    const adopt = /--adopt '([^']+)'/.exec(found.stdout)?.[1] ?? "";
    expect(adopt.startsWith(`${urn}=`)).toBe(true);
    expect((await command("recover", "--stack", "staging", "--adopt", adopt, "--yes")).status).toBe(0);
  });

  it("then leaves each resource once", async () => {
    const { status, stdout } = await up();
    expect(stdout).toMatch(/\nReadiness of staging: GO, /);
    expect(status).toBe(0);
    const urns = test.clouds.live().flatMap(({ urn }) => (isGenerated(urn) ? [] : urn));
    expect(urns).toHaveLength(new Set(urns).size);
    expect(test.readState().pending_operations ?? []).toEqual([]);
  });

  it("leaves nothing to do, until somebody changes something around the code", async () => {
    const still = await command("drift", "--stack", "staging");
    expect(still.stdout).toMatch(/staging has not drifted, no rule fails, and nothing is there twice\.\n$/);
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
