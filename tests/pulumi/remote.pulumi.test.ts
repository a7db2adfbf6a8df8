/** The components as programs in other languages have them: the engine starts the provider, and the pack sees all. */
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { stringify } from "yaml";
import { threePeople } from "../readiness/parts/teams.ts";
import { differences, embedded, type Outcome, real } from "./compare.ts";
import { createTestStack, projectDir, projectProgram, type TestStack, testProgram } from "./workspace.ts";

const component = "urn:pulumi:staging::readiness::production-readiness:index:Readiness::readiness";
const program = "urn:pulumi:staging::readiness::pulumi:pulumi:Stack::readiness-staging";
const databaseUrl = "postgresql://portal:canary@ep-1.eu-central-1.aws.neon.tech/portal?sslmode=verify-full";

let target: TestStack;
let declared: Outcome;
beforeAll(async () => {
  target = await createTestStack("staging", projectProgram, (config) => ({
    ...threePeople(config, "staging"),
    "secrets:DATABASE_URL": undefined,
    // A day is too short: the pack has to find that in either program.
    "readiness:backups": { ...config["readiness:backups"], dailyRetentionDays: 1 },
  }));
  await target.stack.setConfig("secrets:DATABASE_URL", { value: databaseUrl, secret: true });
  declared = embedded(target);
  target.use(testProgram("remote"));
  const plugin = { name: "production-readiness", path: join(projectDir, "provider") };
  appendFileSync(
    join(target.directory, "project", "Pulumi.yaml"),
    stringify({ plugins: { providers: [plugin] } }),
  );
});
afterAll(() => target.dispose());

it("declares through the provider what a program of our own declares, and the pack finds the same in it", async () => {
  const packConfig = join(target.directory, "pack.json");
  writeFileSync(
    packConfig,
    JSON.stringify({ "readiness-resource": { levels: { "dumps-locked": "advisory" } } }),
  );
  const previewed = await real(target, "--policy-pack-config", packConfig);
  expect(previewed.findings).toEqual(declared.findings);
  expect(declared.findings).toEqual([
    expect.stringMatching(/^portal-dumps: .* is 1 day, .*\[dumps-locked\]$/),
  ]);
  const inside: Outcome["registrations"] = JSON.parse(
    JSON.stringify(previewed.registrations)
      .replaceAll("production-readiness:index:Readiness$", "")
      .replaceAll(component, program),
  );
  const own = inside.filter(({ urn, type }) => urn !== program && !type.includes("production-readiness"));
  const others = declared.registrations.filter(({ urn }) => urn !== program);
  expect(differences(others, own)).toEqual([]);
});

it("refuses a setting that is no good, in the words of the command line", async () => {
  await target.stack.setConfig("remote:config", { value: JSON.stringify({ domain: "example.com" }) });
  await expect(target.stack.preview()).rejects.toThrow(
    "property config.domain with value '{example.com}' has a problem: found it in Pulumi.staging.yaml as well",
  );
});
