/** Resources of programs that were made for something else, and what is said of them. */
import { evaluate } from "../../../policies/evaluate.ts";
import { rules } from "../../../policies/rules.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { declared, stackOf } from "./stack.ts";

export const now = new Date("2026-11-26T08:00:00Z");

export function judged(registrations: readonly Registration[], stack = "prod") {
  return evaluate(rules, stackOf(registrations, stack), now, { mode: "existing" });
}

export const open = (registrations: readonly Registration[], stack?: string) =>
  judged(registrations, stack).filter(({ outcome }) => outcome !== "pass" && outcome !== "not-applicable");

/** What a rule says of these resources; empty where it holds. */
export const told = (rule: string, registrations: readonly Registration[], stack?: string) =>
  open(registrations, stack)
    .filter(({ by }) => by === rule)
    .map(({ observed }) => observed);
export type Inputs = Readonly<Record<string, unknown>>;

export const database = (props: Inputs) =>
  declared("aws:rds/instance:Instance", { engine: "postgres", engineVersion: "17.2", ...props });
export const group = (props: Inputs) =>
  declared("aws:ec2/securityGroup:SecurityGroup", { ingress: [], egress: [], ...props }, { name: "group" });
export const opening = (cidrBlocks: readonly string[]) => ({
  ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks }],
});
export const behind = (
  one: Registration,
  property: string,
  ...others: readonly Registration[]
): Registration => ({
  ...one,
  propertyDependencies: { ...one.propertyDependencies, [property]: others.map(({ urn }) => urn) },
});
export const monitor = (props: Inputs) =>
  declared("datadog:index/monitor:Monitor", {
    name: "CPU",
    type: "metric alert",
    query: "avg(last_5m):avg:a{*} > 1",
    message: "@pagerduty-Shop",
    monitorThresholds: { critical: "1" },
    ...props,
  });
export const check = (props: Inputs) =>
  declared("datadog:index/syntheticsTest:SyntheticsTest", {
    name: "Home",
    type: "api",
    subtype: "http",
    status: "live",
    message: "@slack-a",
    locations: ["aws:a", "aws:b"],
    optionsList: { tickEvery: 60, minLocationFailed: 2 },
    ...props,
  });
export const pager = (props: Inputs) =>
  declared("pagerduty:index/service:Service", { name: "Shop", ...props }, { name: "shop" });
export const role = (props: Inputs) => declared("aws:iam/role:Role", props);
export const trusting = (principal: unknown, condition = {}) =>
  JSON.stringify({
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal, Condition: condition }],
  });
export const parameters = (family: string, ...set: readonly (readonly [string, string])[]) =>
  declared(
    "aws:rds/parameterGroup:ParameterGroup",
    { family, parameters: set.map(([name, value]) => ({ name, value })) },
    { name: "parameters" },
  );
export const withParameters = (props: Inputs, parametersOf: Registration) => [
  behind(database(props), "parameterGroupName", parametersOf),
  parametersOf,
];
export const bucket = declared("aws:s3/bucket:Bucket", {}, { name: "bucket" });
export const lifecycle = behind(
  declared("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", {
    rules: [{ id: "all", status: "Enabled", expiration: { days: 30 } }],
  }),
  "bucket",
  bucket,
);
export const versioned = behind(
  declared("aws:s3/bucketVersioning:BucketVersioning", { versioningConfiguration: { status: "Enabled" } }),
  "bucket",
  bucket,
);
