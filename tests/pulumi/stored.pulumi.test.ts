/** Creates that a vendor stores and answers with an error: found by name, taken over, and doubles named. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtCli } from "../../tools/pulumi-cli/build.ts";
import { run } from "../readiness/project.ts";
import { credentials } from "../readiness/pulumi/world.ts";
import { serveVendors, type Vendors } from "../support/vendors.ts";
import { Transcript } from "./transcript.ts";
import { createTestStack, type TestStack, testProgram } from "./workspace.ts";

let test: TestStack;
let vendors: Vendors;
beforeAll(async () => {
  test = await createTestStack("staging", testProgram("stored"));
  vendors = await serveVendors(() => test.clouds.live());
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
const urnOf = (type: string, name: string) => `urn:pulumi:staging::readiness::${type}::${name}`;
const live = (type: string) => test.clouds.live().filter((r) => r.type === type);
const inState = (type: string) => test.readState().resources?.filter((r) => r.type === type) ?? [];

type Named = readonly [type: string, name: string];

/** Has an update store things and hear of errors, of which nothing is left but in the events. */
async function storeAndFail(those: readonly Named[]): Promise<void> {
  const fault = { moment: "after", kind: "error" } as const;
  test.clouds.plan(...those.map(([type, name]) => ({ call: urnOf(type, name), ...fault })));
  await expect(test.stack.up({ continueOnError: true })).rejects.toThrow(/no answer to call/);
  test.clouds.plan();
  for (const [type] of those) expect([live(type).length, inState(type).length]).toEqual([1, 0]);
  expect(test.readState().pending_operations ?? []).toEqual([]);
}

/** Has what was stored found, and taken over with the command that is told. */
async function takeOver(those: readonly Named[]): Promise<void> {
  const found = await command("recover", "--stack", "staging");
  expect(found.status).toBe(1);
  const told = [...found.stdout.matchAll(/--adopt '([^']+)'/g)].map(([, adopt = ""]) => adopt);
  expect(told.map((adopt) => adopt.split("=")[0]).sort()).toEqual(those.map((one) => urnOf(...one)).sort());
  const adopted = told.flatMap((adopt) => ["--adopt", adopt]);
  const { status, stdout, stderr } = await command("recover", "--stack", "staging", ...adopted, "--yes");
  expect([status, stdout, stderr]).toEqual([0, expect.any(String), ""]);
  for (const [type] of those)
    expect(inState(type).map(({ id }) => id)).toEqual(live(type).map(({ id }) => id));
}

describe("what was stored and answered with an error", () => {
  const whole: readonly Named[] = [
    ["pagerduty:index/team:Team", "stored-team"],
    ["pagerduty:index/user:User", "stored-user"],
    ["vercel:index/project:Project", "stored-project"],
    ["datadog:index/spansMetric:SpansMetric", "stored-spans"],
    // Of which there would be a second one.
    ["datadog:index/monitor:Monitor", "stored-monitor"],
  ];
  const part: readonly Named[] = [
    ["vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable", "stored-variable"],
    ["pagerduty:index/tag:Tag", "stored-tag"],
  ];

  it("is found by name and taken over", async () => {
    await storeAndFail(whole);
    await takeOver(whole);
  });

  it("is refused in each further update until then, as is a part of something", async () => {
    await storeAndFail(part);
    const transcript = new Transcript();
    await expect(test.stack.up({ ...transcript.taken, continueOnError: true })).rejects.toThrow();
    for (const refused of ["label has already been taken", "ProjectEnvironmentVariable already exists"])
      expect(transcript.around(refused)).not.toEqual([]);
    await takeOver(part);
  });

  it("does not keep the rest from being made, each thing once", async () => {
    await test.stack.up();
    const urns = test.clouds.live().map(({ urn }) => urn);
    expect(urns).toHaveLength(new Set(urns).size);
    const { stdout, status } = await command("recover", "--stack", "staging");
    expect(stdout).toBe("Nothing of staging is open.\n");
    expect(status).toBe(0);
  });
});

describe("then", () => {
  it("sets in another order are no change, and no drift", async () => {
    const spans = inState("datadog:index/spansMetric:SpansMetric")[0];
    expect(spans?.outputs?.["groupBies"]).toMatchObject([{ path: "@class" }, { path: "env" }]);
    const { summary } = await test.stack.up();
    expect(Object.keys(summary.resourceChanges ?? {})).toEqual(["same"]);
    await test.stack.refresh({ expectNoChanges: true });
    expect((await test.stack.up()).summary.resourceChanges).toEqual(summary.resourceChanges);
  });

  it("a second contact method of a user's own address is refused, and the first one is there", async () => {
    expect(await test.stack.outputs()).toMatchObject({
      contact: { value: expect.stringContaining("email") },
    });
    await test.stack.setConfig("stored:address", { value: "Person@example.com" });
    await expect(test.stack.up()).rejects.toThrow("User Contact method must be unique");
    await test.stack.removeConfig("stored:address");
  });

  it("a create that the provider repeats by itself shows nowhere but as a double", async () => {
    const type = "datadog:index/dashboard:Dashboard";
    const [first] = live(type);
    if (first) test.clouds.remove(first);
    await test.stack.refresh();
    test.clouds.plan({ call: urnOf(type, "stored-dashboard"), moment: "after", kind: "error" });
    await test.stack.up();
    const own = inState(type)[0]?.id;
    const double = live(type).find(({ id }) => id !== own)?.id;
    expect(live(type)).toHaveLength(2);
    expect((await test.stack.preview()).changeSummary).toEqual({ same: expect.any(Number) });

    const { stdout } = await command("drift", "--stack", "staging");
    expect(stdout).toContain(
      `| \`stored-dashboard\` | \`${type}\` | \`${own}\` | \`${double}\` | \`https://app.datadoghq.eu/dashboard/${double}\` |`,
    );
    expect(stdout.match(/https:\/\/app\.datadoghq\.eu/g)).toHaveLength(1);
    expect(stdout).not.toContain("not looked for");
    // Asked and no more.
    expect(vendors.asked.filter((request) => !request.startsWith("GET "))).toEqual([]);
  });
});
