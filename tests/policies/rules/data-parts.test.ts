/** Rules of data that is elsewhere, or reached from listed addresses. */
import { describe, expect, it } from "vitest";
import { type Parts, usualParts } from "../../../model/parts.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { rules } from "../../../policies/rules.ts";
import { unknownSecret } from "../../../policies/unknown-value.ts";
import { type Registration, toStack } from "../../../readiness/engine/registration.ts";
import { resource } from "../support/linked.ts";
import { declared, unknown } from "../support/stack.ts";

const elsewhere: Parts = {
  ...usualParts,
  network: { kind: "none", because: "the data is at Neon" },
  database: { kind: "external" },
};
const listed: Parts = { ...usualParts, network: { kind: "static-ips" } };

function outcomes(id: string, parts: Parts, registrations: readonly Registration[]): readonly string[] {
  const stack = toStack("prod", registrations, undefined, { parts });
  const found = evaluate(
    rules.filter((rule) => rule.id === id),
    stack,
  );
  return found.map(({ outcome }) => outcome);
}

const project = declared("vercel:index/project:Project", { name: "portal-prod" }, { name: "portal" });
const variable = (key: string, value: string, sensitive = true) =>
  resource(
    "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
    key,
    { key, value, sensitive, targets: ["production"], projectId: unknown },
    { projectId: [project] },
  );

describe("the login to a database elsewhere", () => {
  it.each([
    [
      "an address that looks at the certificate",
      "postgresql://a:b@db.example.com/x?sslmode=verify-full",
      "pass",
    ],
    ["an address that leaves it to the environment", "postgres://a:b@db.example.com/x", "pass"],
    ["a secret of the stack file", unknownSecret, "pass"],
    ["an address that takes any certificate", "postgresql://a:b@db.example.com/x?sslmode=require", "fail"],
    ["one of two modes that takes any", "postgres://h/x?sslmode=verify-full&sslmode=disable", "fail"],
    ["an address of something else", "mysql://a:b@db.example.com/x", "fail"],
    ["what is no address", "portal", "fail"],
  ])("by %s", (_, value, expected) => {
    expect(
      outcomes("database-address-verified", elsewhere, [project, variable("DATABASE_URL", value)]),
    ).toEqual([expected]);
  });

  it("is not there by itself", () => {
    for (const id of ["database-login-secret", "database-address-verified", "database-elsewhere-verified"]) {
      expect(outcomes(id, elsewhere, [project])).toEqual(["fail"]);
      expect(outcomes(id, usualParts, [project])).toEqual(["not-applicable"]);
    }
  });

  it.each([
    ["verify-full", "pass"],
    ["verify-ca", "fail"],
    [unknown, "unknown"],
  ])("has a server whose certificate is looked at by %s", (mode, expected) => {
    const stack = [project, variable("PGSSLMODE", mode, false)];
    expect(outcomes("database-elsewhere-verified", elsewhere, stack)).toEqual([expected]);
    expect(outcomes("database-clients-verify", listed, stack)).toEqual([expected]);
  });
});

describe("dumps", () => {
  const component = declared("readiness:index:DumpStore", {}, { name: "dumps", custom: false });
  const bucket = declared("aws:s3/bucket:Bucket", {}, { name: "dumps", parent: component.urn });
  const lock = (mode: string, days: number | string) =>
    resource(
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
      "dumps",
      { bucket: unknown, rule: { defaultRetention: { mode, days } } },
      { bucket: [bucket] },
    );

  it.each([
    ["for a month", lock("COMPLIANCE", 30), "pass"],
    ["for a week", lock("COMPLIANCE", 7), "fail"],
    ["by what a right lifts", lock("GOVERNANCE", 30), "fail"],
    ["for as long as nobody knows", lock("COMPLIANCE", unknown), "unknown"],
  ])("are locked %s", (_, locked, expected) => {
    expect(outcomes("dumps-locked", elsewhere, [component, bucket, locked])).toEqual([expected]);
  });

  it("are not told from other buckets by their name", () => {
    const other = declared("aws:s3/bucket:Bucket", {}, { name: "dumps" });
    expect(outcomes("dumps-locked", elsewhere, [other])).toEqual(["fail"]);
  });
});

describe("clients from listed addresses", () => {
  const vpc = declared("aws:ec2/vpc:Vpc", { cidrBlock: "10.40.0.0/16" }, { name: "vpc" });
  const group = resource(
    "aws:ec2/securityGroup:SecurityGroup",
    "db",
    { egress: [], vpcId: unknown },
    { vpcId: [vpc] },
  );
  const database = resource(
    "aws:rds/instance:Instance",
    "db",
    { port: 5432, vpcSecurityGroupIds: [unknown] },
    { vpcSecurityGroupIds: [group] },
  );
  const rule = (cidrIpv4: string, name = cidrIpv4) =>
    resource(
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      name,
      { cidrIpv4, ipProtocol: "tcp", fromPort: 5432, toPort: 5432, securityGroupId: unknown },
      { securityGroupId: [group] },
    );

  it.each([
    ["one address", ["203.0.113.9/32"], "pass"],
    ["two neighbours", ["203.0.113.8/31"], "fail"],
    ["half of the internet", ["0.0.0.0/1"], "fail"],
    ["the network itself", ["10.40.0.0/16"], "fail"],
    ["a private address", ["10.0.0.1/32"], "fail"],
    ["an address of a carrier's", ["100.64.0.1/32"], "fail"],
    ["seventeen addresses", Array.from({ length: 17 }, (_, i) => `203.0.113.${i}/32`), "fail"],
  ])("are %s", (_, ranges, expected) => {
    const stack = [vpc, group, database, ...ranges.map((range) => rule(range))];
    expect(new Set(outcomes("database-clients-listed", listed, stack))).toEqual(new Set([expected]));
  });
});

describe("what another program made, and this one reads", () => {
  const read = {
    ...declared("aws:rds/instance:Instance", { identifier: "ledger" }, { name: "db" }),
    read: true as const,
  };

  it.each([
    "database-multi-zone",
    "database-tls-forced",
    "database-storage-encrypted",
    "database-logins-by-iam",
    "database-in-own-subnets",
  ])("is not known: %s", (id) => {
    expect(outcomes(id, { ...listed, database: { kind: "existing-rds" } }, [read])).toEqual(["unknown"]);
  });

  it("is judged where it is known", () => {
    const told = { ...read, props: { ...read.props, iamDatabaseAuthenticationEnabled: false } };
    const parts: Parts = { ...listed, database: { kind: "existing-rds" } };
    expect(outcomes("database-logins-by-iam", parts, [told])).toEqual(["fail"]);
  });

  it("needs none of this stack's tags, and is no part that is declared all the same", () => {
    const parts: Parts = { ...listed, database: { kind: "existing-rds" } };
    expect(outcomes("parts-as-chosen", parts, [read])).toEqual(["pass"]);
    const { read: _, ...own } = read;
    expect(outcomes("parts-as-chosen", parts, [own])).toEqual(["fail"]);
  });
});
