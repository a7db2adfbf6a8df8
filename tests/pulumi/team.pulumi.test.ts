/** A team that has its data and its edge elsewhere, under the real engine: its parts are in the stack's config alone. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { threePeople } from "../readiness/parts/teams.ts";
import { differences, embedded, managed, type Outcome, policyFindings, real } from "./compare.ts";
import { Transcript } from "./transcript.ts";
import { createTestStack, policies, projectProgram, type TestStack, testProgram } from "./workspace.ts";

const databaseUrl = "postgresql://portal:canary@ep-1.eu-central-1.aws.neon.tech/portal?sslmode=verify-full";

let target: TestStack;
let declared: Outcome;
beforeAll(async () => {
  target = await createTestStack("staging", projectProgram, (config) => ({
    ...threePeople(config, "staging"),
    // It is closed with the stack's own passphrase, below.
    "secrets:DATABASE_URL": undefined,
  }));
  await target.stack.setConfig("secrets:DATABASE_URL", { value: databaseUrl, secret: true });
  declared = embedded(target);
});
afterAll(() => target.dispose());

it("is the same under both engines, and no rule has anything against it", async () => {
  const previewed = await real(target);
  expect(differences(declared.registrations, previewed.registrations)).toEqual([]);
  expect(previewed.findings).toEqual(declared.findings);
  expect(declared.findings).toEqual([]);
});

it("is deployed as it is declared, each resource once, and tells what its people need", async () => {
  const { events, taken } = new Transcript();
  const { outputs } = await target.stack.up({ ...taken, policyPacks: [policies] });
  expect(policyFindings(events)).toEqual([]);
  const made = target.clouds.events().map(({ op, urn }) => `${op} ${urn}`);
  expect(made.sort()).toEqual(
    managed(declared.registrations)
      .map(({ urn }) => `create ${urn}`)
      .sort(),
  );
  expect(outputs["dumpBucket"]?.value).toMatch(/^bucket-/);
  expect(outputs["dumpRole"]?.value).toMatch(/^arn:aws:iam:.*\/role-/);
  expect(outputs["dnsRecords"]?.value).not.toEqual([]);
});

it("has nothing of what it does without, and what it has instead", () => {
  const live = target.clouds.live();
  const types = [...new Set(live.map(({ type }) => type))];
  const without =
    /^(aws:(backup|cloudfront|ec2|elasticache|rds|route53|vpc|wafv2)\/|vercel:index\/network:)|slack/i;
  expect(types.filter((type) => without.test(type))).toEqual([]);
  expect(types).toContain("datadog:ms/integrationTeamsTenantBasedHandle:IntegrationTeamsTenantBasedHandle");
  expect(types).toContain("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
  const variables = live.filter(({ inputs }) => inputs["key"] === "DATABASE_URL");
  expect(variables.map(({ inputs }) => inputs["value"])).toEqual([databaseUrl]);
});

it("has nothing to change afterwards", async () => {
  const before = target.clouds.events().length;
  const { summary } = await target.stack.up({ policyPacks: [policies] });
  expect(Object.keys(summary.resourceChanges ?? {})).toEqual(["same"]);
  expect(target.clouds.events()).toHaveLength(before);
});

it("gets no cache by the way: the pack refuses what the config says there is none of", async () => {
  target.use(testProgram("with-cache"));
  const { events, taken } = new Transcript();
  await expect(target.stack.preview({ ...taken, policyPacks: [policies] })).rejects.toThrow();
  const findings = policyFindings(events);
  expect(findings).toContainEqual(
    expect.stringMatching(
      /^stray-cache: it is declared, and the cache is said to be none, .*\[parts-as-chosen\]$/,
    ),
  );
  expect(findings).toEqual(embedded(target).findings);
});
