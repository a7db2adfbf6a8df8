/** The policy pack under the real engine stops what is not ready. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { embedded, policyFindings } from "./compare.ts";
import { Transcript } from "./transcript.ts";
import { createTestStack, policies, type TestStack, testProgram } from "./workspace.ts";

const instance = "aws:rds/instance:Instance";
const isPublic = expect.stringMatching(
  /^portal-db: publiclyAccessible is true, must be false \(DB-01\)\..*\]$/,
);
const undecided = "only known during the deployment";

let target: TestStack;
beforeAll(async () => {
  target = await createTestStack("staging", testProgram("broken"));
});
afterAll(() => target.dispose());

it("stops the preview with every finding of the embedded engine", async () => {
  const { events, taken } = new Transcript();
  await expect(target.stack.preview({ ...taken, policyPacks: [policies] })).rejects.toThrow();
  const findings = policyFindings(events);
  expect(findings).toContainEqual(isPublic);
  expect(findings).toEqual(embedded(target).findings);
  expect(target.clouds.events()).toEqual([]);

  // What cannot be decided in a preview is said, and does not stop it.
  const advisories = policyFindings(
    events.filter((e) => e.policyEvent?.enforcementLevel.toString() === "advisory"),
  );
  expect(advisories).toEqual([expect.stringContaining(undecided)]);
  expect(advisories).toEqual([expect.stringContaining("[database-backups-retained]")]);
});

it("stops the update before the resource is made, and decides then what the preview could not", async () => {
  // Alone: what is wrong elsewhere would stop the update before it comes to the database.
  await target.stack.setConfig("broken:types", { value: instance });
  const { events, taken } = new Transcript();
  await expect(target.stack.up({ ...taken, policyPacks: [policies] })).rejects.toThrow();
  const said = events.flatMap(({ policyEvent }) => policyEvent ?? []);
  expect(said.map(({ enforcementLevel }) => enforcementLevel.toString())).not.toContain("advisory");
  const findings = policyFindings(events);
  expect(findings).toContainEqual(isPublic);
  expect(findings).toContainEqual(
    expect.stringMatching(/^portal-db: backupRetentionPeriod is 0 days, must be ≥ \d/),
  );
  expect(target.clouds.events().filter(({ type }) => type === instance)).toEqual([]);
});
