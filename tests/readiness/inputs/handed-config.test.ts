import { expect, it } from "vitest";
import { assertHandedConfig } from "../../../readiness/inputs/handed-config.ts";
import { loadStack } from "../../../readiness/inputs/stack-file.ts";
import { fixtures, run } from "../project.ts";

const { config } = loadStack(fixtures, "prod");
const given = (handed: Readonly<Record<string, string | undefined>>) =>
  assertHandedConfig(fixtures, "prod", { PULUMI_CONFIG: JSON.stringify(handed) });
const services = JSON.parse(config["readiness:services"] ?? "");

it("is the stack file's", () => {
  expect(() => given(config)).not.toThrow();
  expect(() => given({ ...config, "pagerduty:token": "of an environment" })).not.toThrow();
  expect(() => given({ ...config, "readiness:services": JSON.stringify(services, null, 1) })).not.toThrow();
  expect(() => assertHandedConfig(fixtures, "prod", {})).not.toThrow();
});

it.each<[string, Readonly<Record<string, string | undefined>>]>([
  ["readiness:product", { "readiness:product": "canary" }],
  ["readiness:services", { "readiness:services": JSON.stringify([]) }],
  ["readiness:product", { "readiness:product": undefined }],
  ["readiness:invented", { "readiness:invented": "canary" }],
])("is told of another %s, and no value", (key, change) => {
  expect(() => given({ ...config, ...change })).toThrow(
    new RegExp(`^Pulumi was given another ${key} than Pulumi\\.prod\\.yaml has, by an option`),
  );
});

it("stops the gate, whoever asks it from inside an update", async () => {
  const args = ["check", "--stack", "staging", "--for", "update", "--format", "json"];
  const handed = { ...loadStack(fixtures, "staging").config, "readiness:product": "canary" };
  const { status, stdout, stderr } = await run(args, { env: { PULUMI_CONFIG: JSON.stringify(handed) } });
  expect(stderr).toMatch(/^error: Pulumi was given another readiness:product than [^\n]*\n$/);
  expect(stdout).toBe("");
  expect(status).toBe(2);
});
