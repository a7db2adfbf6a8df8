import { describe, expect, it } from "vitest";
import { databaseRules } from "../../../policies/rules/database.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "../support/linked.ts";
import { judge } from "../support/outcome.ts";
import { unknown } from "../support/stack.ts";

const instance = (props = {}, links: Readonly<Record<string, readonly Registration[]>> = {}) =>
  resource("aws:rds/instance:Instance", "db", { identifier: "db-prod", ...props }, links);
const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(databaseRules, id, resources, stack).outcome;

describe("database-clients-private", () => {
  const vpc = resource("aws:ec2/vpc:Vpc", "net", { cidrBlock: "10.40.0.0/16" });
  const clients = resource("vercel:index/network:Network", "clients", { cidr: "10.60.0.0/20" });
  const group = (props: object = {}) =>
    resource("aws:ec2/securityGroup:SecurityGroup", "db", { egress: [], ...props }, { vpcId: [vpc] });
  const port = { ipProtocol: "tcp", fromPort: 5432, toPort: 5432 };
  const inline = { protocol: "tcp", fromPort: 5432, toPort: 5432 };
  const rule = (to: Registration, props: object, way = "Ingress") =>
    resource(
      `aws:vpc/securityGroup${way}Rule:SecurityGroup${way}Rule`,
      "rule",
      { ...port, ...props },
      {
        securityGroupId: [to],
      },
    );
  const oldRule = (to: Registration, props: object) =>
    resource(
      "aws:ec2/securityGroupRule:SecurityGroupRule",
      "old",
      { ...inline, ...props },
      { securityGroupId: [to] },
    );
  const own = group();
  const other = { ...group(), name: "other", urn: `${own.urn}-other` };
  const stack = (firewall: Registration, ...rules: readonly Registration[]) => [
    vpc,
    clients,
    firewall,
    ...rules,
    instance({ vpcSecurityGroupIds: [unknown] }, { vpcSecurityGroupIds: [firewall] }),
  ];

  it.each<[string, Registration[], string]>([
    ["the application's network", stack(own, rule(own, { cidrIpv4: "10.60.0.0/20" })), "pass"],
    ["a part of the VPC", stack(own, rule(own, { cidrIpv4: "10.40.3.0/24" })), "pass"],
    ["every private network", stack(own, rule(own, { cidrIpv4: "10.0.0.0/8" })), "unknown"],
    ["another private network", stack(own, rule(own, { cidrIpv4: "192.168.0.0/24" })), "unknown"],
    [
      "nobody more, and takes away who is",
      stack(group({ ingress: [] }), rule(own, { cidrIpv4: "10.60.0.0/20" })),
      "unknown",
    ],
    ["the world", stack(own, rule(own, { cidrIpv4: "0.0.0.0/0" })), "fail"],
    ["half of the world", stack(own, rule(own, { cidrIpv4: "128.0.0.0/1" })), "fail"],
    ["the world of IPv6", stack(own, rule(own, { cidrIpv6: "::/0" })), "fail"],
    ["an address of IPv6", stack(own, rule(own, { cidrIpv6: "2001:db8::/32" })), "fail"],
    ["a public address", stack(own, rule(own, { cidrIpv4: "192.0.2.1/32" })), "fail"],
    ["a prefix list", stack(own, rule(own, { prefixListId: "pl-63a5400a" })), "unknown"],
    ["a range that is not known yet", stack(own, rule(own, { cidrIpv4: unknown })), "unknown"],
    [
      "a group of nobody knows whom",
      stack(own, rule(own, { referencedSecurityGroupId: "sg-0123" })),
      "unknown",
    ],
    [
      "a group of this stack",
      stack(own, {
        ...rule(own, { referencedSecurityGroupId: unknown }),
        propertyDependencies: { securityGroupId: [own.urn], referencedSecurityGroupId: [own.urn] },
      }),
      "pass",
    ],
    [
      "the application to every port",
      stack(own, rule(own, { cidrIpv4: "10.60.0.0/20", toPort: 65535 })),
      "fail",
    ],
    [
      "the application by every protocol",
      stack(own, rule(own, { cidrIpv4: "10.60.0.0/20", ipProtocol: "-1" })),
      "fail",
    ],
    [
      "the application inline",
      stack(group({ ingress: [{ ...inline, cidrBlocks: ["10.60.0.0/20"] }] })),
      "pass",
    ],
    [
      "a prefix list inline",
      stack(group({ ingress: [{ ...inline, prefixListIds: ["pl-63a5400a"] }] })),
      "unknown",
    ],
    [
      "the world inline",
      stack(group({ ingress: [{ ...inline, cidrBlocks: ["10.60.0.0/20", "0.0.0.0/0"] }] })),
      "fail",
    ],
    [
      "the world in the older form",
      stack(own, oldRule(own, { type: "ingress", cidrBlocks: ["0.0.0.0/0"] })),
      "fail",
    ],
    [
      "nobody, and goes out to the world",
      stack(own, oldRule(own, { type: "egress", cidrBlocks: ["0.0.0.0/0"] })),
      "fail",
    ],
    ["nobody, and goes out apart", stack(own, rule(own, { cidrIpv4: "0.0.0.0/0" }, "Egress")), "fail"],
    [
      "nobody, and answers the application",
      stack(own, rule(own, { cidrIpv4: "10.60.0.0/20" }, "Egress")),
      "pass",
    ],
    ["the world into another group", stack(own, other, rule(other, { cidrIpv4: "0.0.0.0/0" })), "pass"],
    ["nobody, and nobody says whom it reaches", stack(group({ egress: undefined })), "fail"],
    ["whoever the default group lets in", [instance()], "fail"],
    ["whoever a group of another network lets in", stack({ ...own, propertyDependencies: {} }), "fail"],
    [
      "whoever a second group lets in",
      [
        ...stack(own).slice(0, -1),
        instance({ vpcSecurityGroupIds: [unknown, "sg-0123"] }, { vpcSecurityGroupIds: [own] }),
      ],
      "unknown",
    ],
  ])("lets in %s", (_, resources, expected) => {
    expect(outcome("database-clients-private", resources)).toBe(expected);
  });
});

describe("parameters", () => {
  const stack = (parameters: unknown) => {
    const group = resource("aws:rds/parameterGroup:ParameterGroup", "parameters", { parameters });
    return [group, instance({}, { parameterGroupName: [group] })];
  };
  const one = (name: string, value: unknown) => stack([{ name, value }]);

  it.each([
    ["database-tls-forced", one("rds.force_ssl", "1"), "pass"],
    ["database-tls-forced", one("rds.force_ssl", "0"), "fail"],
    ["database-tls-forced", one("rds.force_ssl", unknown), "unknown"],
    ["database-tls-forced", stack([]), "fail"],
    ["database-tls-forced", stack(undefined), "fail"],
    ["database-tls-forced", [instance({ parameterGroupName: "default.postgres17" })], "fail"],
    ["database-slow-statements-logged", one("log_min_duration_statement", "0"), "fail"],
    ["database-slow-statements-logged", one("log_min_duration_statement", "100"), "pass"],
    ["database-slow-statements-logged", one("log_min_duration_statement", "1000"), "pass"],
    ["database-slow-statements-logged", one("log_min_duration_statement", "1001"), "fail"],
    ["database-slow-statements-logged", one("log_min_duration_statement", "-1"), "fail"],
    ["database-slow-statements-logged", one("log_min_duration_statement", "often"), "fail"],
    ["database-slow-statements-logged", stack([]), "fail"],
    ["database-connections-logged", one("log_connections", "1"), "fail"],
  ])("%s, case %#", (id, resources, expected) => {
    expect(outcome(id, resources)).toBe(expected);
  });
});

describe("database-password-not-in-state", () => {
  const judged = (db: Registration) => judge(databaseRules, "database-password-not-in-state", [db]);

  it("passes without one", () => {
    expect(judged(instance()).outcome).toBe("pass");
    expect(judged(instance({ password: "" })).outcome).toBe("pass");
  });

  it("fails with one, and does not repeat it", () => {
    const { outcome, messages } = judged(instance({ password: "hunter2" }));
    expect(outcome).toBe("fail");
    expect(messages.join()).not.toContain("hunter2");
  });

  it("fails with a generated one that is not known yet", () => {
    const generated = resource("random:index/randomPassword:RandomPassword", "password");
    const db = instance({ password: unknown }, { password: [generated] });
    expect(judge(databaseRules, "database-password-not-in-state", [generated, db]).outcome).toBe("fail");
  });
});

it.each([
  ["prod", "/aws/rds/instance/db-prod/postgresql", 365, "pass"],
  ["prod", "/aws/rds/instance/db-prod/postgresql", 90, "fail"],
  ["prod", "/aws/rds/instance/db-prod/postgresql", undefined, "fail"],
  ["prod", "/aws/rds/instance/other/postgresql", 365, "fail"],
  ["prod", "/aws/rds/instance/db-prod-2/postgresql", 365, "fail"],
  ["staging", "/aws/rds/instance/db-prod/postgresql", 30, "pass"],
])("database-logs-kept: in %s, %s for %s days", (stack, name, retentionInDays, expected) => {
  const group = resource("aws:cloudwatch/logGroup:LogGroup", "logs", { name, retentionInDays });
  expect(outcome("database-logs-kept", [group, instance()], stack)).toBe(expected);
});

it.each([
  [100, 126, "pass"],
  [100, 125, "fail"],
  [100, undefined, "fail"],
  [100, unknown, "unknown"],
])("database-storage-grows: from %s to %s GiB", (allocatedStorage, maxAllocatedStorage, expected) => {
  const db = instance({ allocatedStorage, maxAllocatedStorage });
  expect(outcome("database-storage-grows", [db])).toBe(expected);
});

it.each([
  ["prod", 7, "pass"],
  ["prod", 6, "fail"],
  ["prod", undefined, "fail"],
  ["staging", 1, "pass"],
  ["staging", 0, "fail"],
])("database-backups-retained: in %s for %s days", (stack, backupRetentionPeriod, expected) => {
  expect(outcome("database-backups-retained", [instance({ backupRetentionPeriod })], stack)).toBe(expected);
});

it("asks staging for no second instance", () => {
  const single = [instance({ multiAz: false })];
  expect(outcome("database-multi-zone", single)).toBe("fail");
  expect(outcome("database-multi-zone", single, "staging")).toBe("not-applicable");
});

describe("database-settings-sound", () => {
  const sound = { engine: "postgres", engineVersion: "17" };
  it.each<[object, string]>([
    [{}, "pass"],
    [{ engineVersion: "16.4", storageType: "io2", copyTagsToSnapshot: true }, "pass"],
    [{ engine: undefined }, "fail"],
    [{ networkType: "DUAL" }, "fail"],
    [{ replicateSourceDb: "other" }, "unknown"],
    [{ allowMajorVersionUpgrade: unknown }, "unknown"],
  ])("%j: %s", (change, expected) => {
    expect(outcome("database-settings-sound", [instance({ ...sound, ...change })])).toBe(expected);
  });

  it("lets changes of staging restart it", () => {
    const db = instance({ ...sound, applyImmediately: true });
    expect(outcome("database-settings-sound", [db], "staging")).toBe("pass");
    expect(outcome("database-settings-sound", [db])).toBe("fail");
  });
});

describe("the parameter group", () => {
  const demanded = [
    { name: "log_lock_waits", value: "1" },
    { name: "idle_in_transaction_session_timeout", value: "60000" },
  ];
  const stack = (parameters: readonly object[]) => {
    const group = resource("aws:rds/parameterGroup:ParameterGroup", "parameters", {
      parameters: [...demanded, ...parameters],
    });
    return [group, instance({}, { parameterGroupName: [group] })];
  };

  it.each([
    ["db.m7g.large", "900", "pass"],
    ["db.m7g.large", "902", "fail"],
    ["db.t4g.micro", "400", "fail"],
    ["db.r8g.16xlarge", "5000", "pass"],
  ])("on %s takes %s connections: %s", (instanceClass, value, expected) => {
    const [group, db] = stack([{ name: "max_connections", value, applyMethod: "pending-reboot" }]);
    const on = { ...db, props: { ...db?.props, instanceClass } } as Registration;
    expect(outcome("database-parameters-sound", [group as Registration, on])).toBe(expected);
  });

  it.each<[string, object[], string]>([
    ["says nothing", [], "pass"],
    ["tunes memory", [{ name: "work_mem", value: "65536" }], "pass"],
    [
      "says a thing twice",
      [
        { name: "fsync", value: "1" },
        { name: "fsync", value: "1" },
      ],
      "fail",
    ],
    ["lets statements run for seconds", [{ name: "statement_timeout", value: "15000" }], "pass"],
    ["lets statements run for ever", [{ name: "statement_timeout", value: "0" }], "pass"],
    ["ends statements at once", [{ name: "statement_timeout", value: "10" }], "fail"],
    ["reads alone", [{ name: "default_transaction_read_only", value: "on" }], "fail"],
    ["logs each statement by sample", [{ name: "log_transaction_sample_rate", value: "1" }], "fail"],
    ["sets what no rule knows", [{ name: "search_path", value: "other" }], "unknown"],
    ["tells no errors", [{ name: "log_min_messages", value: "fatal" }], "fail"],
    ["tells everything", [{ name: "log_min_messages", value: "debug5" }], "pass"],
    ["ends transactions at once", [{ name: "idle_in_transaction_session_timeout", value: "1" }], "fail"],
    ["takes connections at once", [{ name: "max_connections", value: "100" }], "fail"],
    ["is not known yet", [{ name: "autovacuum", value: unknown }], "unknown"],
  ])("%s", (_, parameters, expected) => {
    expect(outcome("database-parameters-sound", stack(parameters))).toBe(expected);
  });
});

it.each<[object, string]>([
  [{ backupWindow: "01:00-02:00", maintenanceWindow: "sun:03:00-sun:04:00" }, "pass"],
  [{ backupWindow: "01:00-02:00", maintenanceWindow: "sun:01:00-sun:02:00" }, "fail"],
  [{ backupWindow: "01:00-02:00" }, "fail"],
  [{ backupWindow: unknown, maintenanceWindow: "sun:01:00-sun:02:00" }, "unknown"],
])("database-windows-apart, %j: %s", (props, expected) => {
  expect(outcome("database-windows-apart", [instance(props)])).toBe(expected);
});
