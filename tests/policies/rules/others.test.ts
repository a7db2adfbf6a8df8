/** Rules on what this product declares none of: each on what it refuses, on what it lets be, and on what is not known. */
import { describe, expect, it } from "vitest";
import { evaluate } from "../../../policies/evaluate.ts";
import { othersRules } from "../../../policies/rules/others.ts";
import { judged, told } from "../support/existing.ts";
import { stackOf, unknown } from "../support/stack.ts";
import {
  alarm,
  cluster,
  fn,
  kubernetes,
  listener,
  member,
  of,
  orchestration,
  plain,
  repository,
  rows,
  task,
  variables,
} from "./others-rows.ts";

describe.each(rows)("%s", (rule, bad, good) => {
  it("tells what is wrong, once", () => {
    expect(told(rule, bad)).toHaveLength(1);
  });

  it("lets be what is right", () => {
    expect(told(rule, good)).toEqual([]);
    expect(judged(good).map(({ by }) => by)).toContain(rule);
  });
});

it("every rule is told here of what it refuses", () => {
  expect(new Set(rows.map(([rule]) => rule))).toEqual(new Set(othersRules.map(({ id }) => id)));
});

it("where there is nothing of the kind, a program of this product holds, and of another's nothing is said", () => {
  expect(new Set(evaluate(othersRules, stackOf([])).map(({ outcome }) => outcome))).toEqual(
    new Set(["pass"]),
  );
  const ids = new Set(othersRules.map(({ id }) => id));
  expect(judged([]).filter(({ by }) => ids.has(by))).toEqual([]);
});

it.each([
  ["stores-not-public", member({ publiclyAccessible: unknown })],
  ["stores-restorable", cluster({ backupRetentionPeriod: unknown })],
  ["stores-encrypted", cluster({ storageEncrypted: unknown })],
  ["stores-deletion-protected", cluster({ deletionProtection: unknown })],
  ["sites-redirect-to-https", listener({ ...plain, protocol: unknown })],
  ["sites-tls-floor", listener({ protocol: "HTTPS", sslPolicy: unknown })],
  ["functions-ask-who-calls", of("aws:lambda/functionUrl:FunctionUrl")({ authorizationType: unknown })],
  ["clusters-administered-from-inside", kubernetes({ vpcConfig: unknown })],
  ["runtimes-supported", fn({ runtime: unknown })],
  ["environments-without-plain-secrets", fn({ environment: unknown })],
  ["environments-without-plain-secrets", task({ containerDefinitions: unknown })],
  ["environments-without-plain-secrets", task({ containerDefinitions: "[{" })],
  ["machines-ask-for-tokens", of("aws:ec2/instance:Instance")({ metadataOptions: { httpTokens: unknown } })],
  ["images-scanned-and-fixed", repository({ imageTagMutability: unknown })],
  ["alarms-tell-somebody", alarm({ alarmActions: ["a"], actionsEnabled: unknown })],
  ["orchestrations-let-alerts-through", orchestration({ sets: unknown })],
  ["cache-nodes-use-tls", of("aws:elasticache/cluster:Cluster")({ transitEncryptionEnabled: unknown })],
  ["objectives-alerted", of("datadog:index/serviceLevelObjective:ServiceLevelObjective")({ type: unknown })],
])("%s does not hold what is not known", (rule, registration) => {
  const findings = evaluate(othersRules, stackOf([registration])).filter(({ by }) => by === rule);
  expect(findings.map(({ outcome }) => outcome)).toEqual(["unknown"]);
});

it("no value of a secret is told", () => {
  const findings = judged([variables({ API_TOKEN: "hunter2-and-more" })]);
  expect(JSON.stringify(findings)).toContain("API_TOKEN");
  expect(JSON.stringify(findings)).not.toContain("hunter2");
});
