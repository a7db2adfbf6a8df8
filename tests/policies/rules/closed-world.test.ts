import { describe, expect, it } from "vitest";
import { messageOf } from "../../../model/finding.ts";
import type { TeamRow } from "../../../policies/closed-world/review.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { closedWorldRules } from "../../../policies/rules/closed-world.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { declared, stackOf, unknown } from "../support/stack.ts";

const provider = declared("pulumi:providers:aws", { region: "eu-central-1" }, { name: "aws-home" });
const group = declared("aws:ec2/securityGroup:SecurityGroup", {}, { name: "group", provider: provider.urn });
const database = (props: object, more: Partial<Registration> = {}) =>
  declared("aws:rds/instance:Instance", { ...props }, { name: "db", provider: provider.urn, ...more });
const inGroup = { propertyDependencies: { vpcSecurityGroupIds: [group.urn] } };

/** Outcome and message of a rule, without its remedy. */
function found(rule: string, resources: readonly Registration[], reviewed: readonly TeamRow[] = []) {
  const rules = closedWorldRules.filter(({ id }) => id === rule);
  return evaluate(rules, stackOf([provider, group, ...resources]), new Date(), { reviewed }).map((f) => [
    f.outcome,
    messageOf(f, "prod").split(" (GOV")[0],
  ]);
}

const passes = [["pass", ""]];
const team = { reason: "watched by the data team", owner: "data" };

describe("types-reviewed", () => {
  const cluster = declared("aws:rds/cluster:Cluster", { any: 1 }, { name: "aurora", provider: provider.urn });

  it("holds for types that rules read, and for components", () => {
    expect(found("types-reviewed", [database({}), declared("acme:index:Thing")])).toEqual(passes);
  });

  it("is undecided about any other", () => {
    expect(found("types-reviewed", [cluster])).toEqual([
      ["unknown", "aurora: no rule looks at its type, aws:rds/cluster:Cluster"],
    ]);
  });

  it("takes a team's word for a type with all that it declares", () => {
    const rows = [{ ...team, type: cluster.type }];
    expect(found("types-reviewed", [cluster], rows)).toEqual(passes);
    expect(found("properties-reviewed", [cluster], rows)).toEqual(passes);
  });
});

describe("properties-reviewed", () => {
  const rule = "properties-reviewed";

  it("holds for what rules read, whatever its value, known or not", () => {
    expect(found(rule, [database({ publiclyAccessible: true, storageEncrypted: unknown })])).toEqual(passes);
  });

  it("names each path that no rule reads", () => {
    expect(found(rule, [database({ odd: 1, listed: [{ odd: unknown }], none: null, empty: [] })])).toEqual([
      ["unknown", "db: no rule looks at odd"],
      ["unknown", "db: no rule looks at listed.0.odd"],
    ]);
  });

  it("lets a state keep the name that the engine gave, and no other", () => {
    const named = (name: string) =>
      declared("aws:iam/rolePolicy:RolePolicy", { name }, { name: "logs", provider: provider.urn });
    expect(found(rule, [named("logs-0a1b2c3")])).toEqual(passes);
    expect(found(rule, [named("logs-of-all")])).toEqual([["unknown", "logs: no rule looks at name"]]);
  });

  it("takes a team's word for a property and what is below it", () => {
    const rows = [{ ...team, type: "aws:rds/instance:Instance", path: "listed.*" }];
    expect(found(rule, [database({ listed: [{ odd: 1 }] })], rows)).toEqual(passes);
    expect(found(rule, [database({ listedElsewhere: 1 })], rows)).toEqual([
      ["unknown", "db: no rule looks at listedElsewhere"],
    ]);
  });
});

it("a reference to another stack is undecided until a team answers for it", () => {
  const type = "pulumi:pulumi:StackReference";
  const other = declared(type, { name: "org/network/prod" }, { name: "network" });
  expect(found("types-reviewed", [other])).toEqual([
    ["unknown", `network: no rule looks at its type, ${type}`],
  ]);
  expect(found("types-reviewed", [other], [{ ...team, type }])).toEqual(passes);
});

describe("references-explained", () => {
  const rule = "references-explained";

  it("holds where the stack's own resources stand", () => {
    expect(found(rule, [database({ vpcSecurityGroupIds: [unknown] }, inGroup)])).toEqual(passes);
  });

  it.each([
    ["in its place", { vpcSecurityGroupIds: ["sg-0123"] }, {}, 0],
    ["beside it", { vpcSecurityGroupIds: [unknown, "sg-0123"] }, inGroup, 1],
  ])("is undecided about a literal %s", (_, props, more, at) => {
    expect(found(rule, [database(props, more)])).toEqual([
      ["unknown", `db: vpcSecurityGroupIds.${at} names something outside of this stack`],
    ]);
  });
});

it.each([
  ["email_contact_method", passes],
  ["phone_contact_method", [["unknown", "rule: contactMethod.id names something outside of this stack"]]],
])("a contact method of PagerDuty's own making is looked up: %s", (kind, expected) => {
  const type = "pagerduty:index/userNotificationRule:UserNotificationRule";
  const contactMethod = { type: kind, id: "PXPGF42" };
  const rule = declared(type, { contactMethod }, { name: "rule", provider: provider.urn });
  expect(found("references-explained", [rule])).toEqual(expected);
});

it("what names somebody else's bucket does not explain itself", () => {
  const [type, bucket] = ["aws:s3/bucketPolicy:BucketPolicy", "somebody-elses-0a1b"];
  const elsewhere = ["one", "other"].map((name) =>
    declared(type, { bucket, policy: "{}" }, { name, provider: provider.urn }),
  );
  expect(found("references-explained", elsewhere)).toEqual([
    ["unknown", "one: bucket names something outside of this stack"],
    ["unknown", "other: bucket names something outside of this stack"],
  ]);
});

describe("changes-not-ignored", () => {
  it("fails where the engine passes over a change", () => {
    expect(found("changes-not-ignored", [database({})])).toEqual(passes);
    expect(
      found("changes-not-ignored", [database({}, { ignoreChanges: ["tags", "engineVersion"] })]),
    ).toEqual([
      ["fail", "db: ignoreChanges names tags, must be without it"],
      ["fail", "db: ignoreChanges names engineVersion, must be without it"],
    ]);
  });

  it("lets a window keep the time at which it began", () => {
    const window = declared(
      "pagerduty:index/maintenanceWindow:MaintenanceWindow",
      {},
      { ignoreChanges: ["startTime"] },
    );
    expect(found("changes-not-ignored", [window])).toEqual(passes);
  });
});
