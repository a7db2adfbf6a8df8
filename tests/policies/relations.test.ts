import { describe, expect, it } from "vitest";
import { explains } from "../../policies/relations.ts";
import { linked, type Resource, resourceType, type Stack } from "../../policies/resource.ts";
import type { Registration } from "../../readiness/engine/registration.ts";
import { declared, stackOf, unknown } from "./support/stack.ts";

const instance = resourceType("aws:rds/instance:Instance");
const group = resourceType("aws:ec2/securityGroup:SecurityGroup");
const groupRule = resourceType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
const role = resourceType("aws:iam/role:Role");
const rolePolicy = resourceType("aws:iam/rolePolicy:RolePolicy");
const bucket = resourceType("aws:s3/bucket:Bucket");
const vault = resourceType("aws:backup/vault:Vault");
const vaultLock = resourceType("aws:backup/vaultLockConfiguration:VaultLockConfiguration");
const slo = resourceType("datadog:index/serviceLevelObjective:ServiceLevelObjective");
const monitor = resourceType("datadog:index/monitor:Monitor");
const service = resourceType("pagerduty:index/service:Service");
const policy = resourceType("pagerduty:index/escalationPolicy:EscalationPolicy");

type Json = Readonly<Record<string, unknown>>;

/** A resource, deployed where its outputs are given. */
function made(
  type: { token: string },
  name: string,
  props: Json = {},
  outputs: Json = {},
  links: Readonly<Record<string, readonly Registration[]>> = {},
): Registration {
  const propertyDependencies = Object.fromEntries(
    Object.entries(links).map(([property, to]) => [property, to.map(({ urn }) => urn)]),
  );
  const more = Object.keys(outputs).length > 0 ? { outputs: { ...props, ...outputs } } : {};
  return declared(type.token, props, { name, propertyDependencies, ...more });
}

function named(stack: Stack, name: string): Resource {
  const found = stack.resources.find((r) => r.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

/** Names of what a property of a resource means. */
function meant(all: readonly Registration[], name: string, property: string, type: { token: string }) {
  return linked(named(stackOf(all), name), property, type).map((r) => r.name);
}

const own = made(
  group,
  "own",
  { name: "stores" },
  { id: "sg-0a1b2c3d", arn: "arn:aws:ec2:::sg/sg-0a1b2c3d" },
);
const other = made(group, "other", { name: "open" }, { id: "sg-0d4e5f6a", ownerId: "123456789012" });

describe("linked", () => {
  const db = (groups: unknown, links: readonly Registration[] = [own]) =>
    made(instance, "db", { groups }, { id: "db" }, { groups: links });

  it.each<[string, unknown, readonly Registration[], readonly string[]]>([
    ["an id of what is declared", ["sg-0a1b2c3d"], [own], ["own"]],
    ["nothing, although it is declared", [], [own], []],
    ["an id of nothing in the stack, although another is declared", ["sg-0f0f0f0f"], [own], []],
    ["another's id than what is declared", ["sg-0d4e5f6a"], [own], ["other"]],
    ["two, of which one is declared", ["sg-0d4e5f6a", "sg-0a1b2c3d"], [own], ["own", "other"]],
    ["an id that no dependency tells of", ["sg-0a1b2c3d"], [], ["own"]],
    ["an id that goes on", ["sg-0a1b2c3d4"], [own], []],
    ["a value that is yet to come", [unknown], [own], ["own"]],
    ["all values yet to come", unknown, [own], ["own"]],
    ["a value yet to come beside a literal", [unknown, "sg-0d4e5f6a"], [own], ["own", "other"]],
  ])("reads %s", (_, groups, links, found) => {
    expect(meant([own, other, db(groups, links)], "db", "groups", group)).toEqual(found);
  });

  it("goes by dependency where nobody has told who the other one is", () => {
    const planned = made(group, "own");
    expect(meant([planned, db(["literal"], [planned])], "db", "groups", group)).toEqual(["own"]);
  });

  it("goes by dependency where a value is closed", () => {
    const closed = db({
      get token() {
        throw Object.assign(new Error("closed"), {
          unknownTypeSentinel: "",
          props: ["token"],
          reason: "closed",
        });
      },
    });
    expect(meant([own, closed], "db", "groups", group)).toEqual(["own"]);
  });

  it("finds an ARN or an id inside a policy document, an address or a query", () => {
    const store = made(bucket, "store", {}, { id: "evidence-1a2b3c", arn: "arn:aws:s3:::evidence-1a2b3c" });
    const document = JSON.stringify({ Statement: [{ Resource: ["arn:aws:s3:::evidence-1a2b3c/a/*"] }] });
    const burn = made(monitor, "burn", { query: 'burn_rate("0b1d5e").over("30d") > 14.4' }, { id: "1" });
    const objective = made(slo, "objective", {}, { id: "0b1d5e" });
    const database = made(instance, "db", {}, { id: "db", address: "db.x1.rds.amazonaws.com" });
    const inline = made(rolePolicy, "inline", {
      policy: document,
      url: "postgres://db.x1.rds.amazonaws.com:5432/a",
    });
    const all = [store, burn, objective, database, inline];
    expect(meant(all, "inline", "policy", bucket)).toEqual(["store"]);
    expect(meant(all, "inline", "url", instance)).toEqual(["db"]);
    expect(meant(all, "burn", "query", slo)).toEqual(["objective"]);
  });

  it("finds no other bucket whose name begins alike", () => {
    const store = made(bucket, "store", {}, { id: "evidence-1", arn: "arn:aws:s3:::evidence-1" });
    const inline = made(
      rolePolicy,
      "inline",
      { policy: '"arn:aws:s3:::evidence-1-copy/*"' },
      {},
      { policy: [store] },
    );
    expect(meant([store, inline], "inline", "policy", bucket)).toEqual([]);
  });

  it("takes a name that AWS goes by for its resource, before any deployment too", () => {
    const deploy = made(role, "deploy", { name: "deployer" });
    const inline = made(rolePolicy, "inline", { role: "deployer", policy: "deployer may" });
    expect(meant([deploy, inline], "inline", "role", role)).toEqual(["deploy"]);
    expect(meant([deploy, inline], "inline", "policy", role)).toEqual([]);
  });

  it("takes no name where ids are asked for", () => {
    const escalation = made(policy, "escalation", { name: "sev1" });
    const paging = made(service, "paging", { escalationPolicy: "sev1" });
    expect(meant([escalation, paging], "paging", "escalationPolicy", policy)).toEqual([]);
  });

  it("takes a number for an id: objectives name their monitors so", () => {
    const check = made(monitor, "check", {}, { id: "150214897" });
    const objective = made(slo, "objective", { monitorIds: [150214897] }, { id: "0b1d" });
    expect(meant([check, objective], "objective", "monitorIds", monitor)).toEqual(["check"]);
  });

  it("takes a number of a few digits for an id where that resource is declared", () => {
    const check = made(monitor, "check", {}, { id: "4711" });
    const both = (links: readonly Registration[]) =>
      made(monitor, "both", { query: "4711 && 4712" }, { id: "4713" }, { query: links });
    expect(meant([check, both([check])], "both", "query", monitor)).toEqual(["check"]);
    expect(meant([check, both([])], "both", "query", monitor)).toEqual([]);
  });

  it("takes no title for an id, although the resource of that name is declared", () => {
    const objective = made(slo, "objective", { name: "Availability" }, { id: "0b1d5e" });
    const props = { widgets: [{ title: "Availability", sloId: "ffff00" }] };
    const board = made(service, "board", props, { id: "b-1" }, { widgets: [objective] });
    expect(meant([objective, board], "board", "widgets", slo)).toEqual([]);
  });

  it("takes what a vendor made of it, wherever that stands, if it is declared", () => {
    const options = [{ resourceRecordName: "_a1b2.example.com" }];
    const cert = made(group, "cert", {}, { id: "c-1", validation: options, status: "ISSUED-IT" });
    const record = made(
      role,
      "record",
      { of: "_a1b2.example.com", to: "ISSUED-IT" },
      {},
      { of: [cert], to: [cert] },
    );
    expect(meant([cert, record], "record", "of", group)).toEqual(["cert"]);
    expect(meant([cert, record], "record", "to", group)).toEqual([]);
  });

  it("takes what flows through a second resource for it", () => {
    const cert = made(role, "cert", {}, { id: "c-1", arn: "arn:aws:acm:::c/1" });
    const validation = made(
      vault,
      "validation",
      { certificateArn: "arn:aws:acm:::c/1" },
      { id: "2026" },
      { certificateArn: [cert] },
    );
    const site = made(
      monitor,
      "site",
      { certificate: "arn:aws:acm:::c/1" },
      {},
      { certificate: [validation] },
    );
    expect(meant([cert, validation, site], "site", "certificate", vault)).toEqual(["validation"]);
    expect(meant([cert, validation, site], "site", "certificate", role)).toEqual(["cert"]);
  });

  it("tells two of one name in two regions apart", () => {
    const provider = (name: string) => declared("pulumi:providers:aws", {}, { name });
    const [home, away] = [provider("home"), provider("away")];
    const twin = (name: string, by: Registration) => ({
      ...made(vault, name, { name: "backups-prod" }, { id: "backups-prod" }),
      provider: by.urn,
    });
    const [first, second] = [twin("first", home), twin("second", away)];
    const lock = { ...made(vaultLock, "lock", { backupVaultName: "backups-prod" }), provider: away.urn };
    const linkedLock = { ...lock, propertyDependencies: { backupVaultName: [first.urn] } };
    expect(meant([home, away, first, second, lock], "lock", "backupVaultName", vault)).toEqual(["second"]);
    expect(meant([home, away, first, second, linkedLock], "lock", "backupVaultName", vault)).toEqual([
      "first",
    ]);
  });

  it("does not take a resource for itself", () => {
    const inline = made(role, "inline", { name: "deployer" });
    expect(meant([inline], "inline", "name", role)).toEqual([]);
  });
});

describe("what is attached", () => {
  const rule = (securityGroupId: unknown, links: readonly Registration[] = []) =>
    made(groupRule, "rule", { securityGroupId }, { id: "sgr-1" }, { securityGroupId: links });
  const attached = (all: readonly Registration[]) => {
    const stack = stackOf(all);
    return stack.attached(groupRule, "securityGroupId", named(stack, "own")).map((r) => r.name);
  };

  it("is found by a literal id, and is not where another id stands", () => {
    expect(attached([own, other, rule("sg-0a1b2c3d")])).toEqual(["rule"]);
    expect(attached([own, other, rule("sg-0d4e5f6a", [own])])).toEqual([]);
    expect(attached([own, other, rule(unknown, [own])])).toEqual(["rule"]);
  });
});

describe("a literal is explained", () => {
  const secret = declared(
    "random:index/randomPassword:RandomPassword",
    {},
    {
      name: "secret",
      outputs: { id: "none", result: "0a9b8c7d6e" },
    },
  );
  const plain = made(
    bucket,
    "plain",
    { bucket: "prod" },
    {
      id: "prod",
      arn: "arn:aws:s3:::prod-1",
      region: "eu-central-1",
      ownerId: "123456789012",
      flag: true,
      hostedZoneId: "Z21DNDUVLTQW6Q",
    },
  );
  const stack = stackOf([own, plain, secret]);

  it.each<[unknown, string]>([
    ["sg-0a1b2c3d", "own"],
    ["arn:aws:s3:::prod-1/a/*", "plain"],
    ["Bearer 0a9b8c7d6e", "secret"],
    [["x", { a: "sg-0a1b2c3d" }], "own"],
  ])("%j by what it stands for", (value, name) => {
    expect(explains(stack, value)?.name).toBe(name);
  });

  it.each([
    true,
    "true",
    "prod",
    "none",
    443,
    "eu-central-1",
    "123456789012",
    "Z21DNDUVLTQW6Q",
    "sg-0",
    "",
    undefined,
  ])("by nothing where it is %j", (value) => {
    expect(explains(stack, value)).toBeUndefined();
  });

  it("by another output of what is declared for it", () => {
    expect(explains(stack, "Z21-of-it")).toBeUndefined();
    const told = { id: "zone-1a2b", servers: ["ns-1.example.org"], hostedZoneId: "Z21DNDUVLTQW6Q" };
    const withZone = stackOf([made(bucket, "zone", {}, told)]);
    expect(explains(withZone, "Z21DNDUVLTQW6Q", withZone.resources)?.name).toBe("zone");
    expect(explains(withZone, "ns-1.example.org")).toBeUndefined();
    expect(explains(withZone, "ns-1.example.org", [named(withZone, "zone")])?.name).toBe("zone");
  });

  it("by nothing in a stack of nothing", () => {
    expect(explains(stackOf([]), "sg-0a1b2c3d")).toBeUndefined();
  });
});
