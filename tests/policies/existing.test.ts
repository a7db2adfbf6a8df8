/** What is asked of a program that was made for something else: that what exists is right, and nothing else. */
import { describe, expect, it } from "vitest";
import { evaluate } from "../../policies/evaluate.ts";
import { rulesOf } from "../../policies/existing.ts";
import { rules } from "../../policies/rules.ts";
import type { Registration } from "../../readiness/engine/registration.ts";
import { fixtureStacks } from "./support/fixture-stacks.ts";
import { declared, stackOf } from "./support/stack.ts";

const now = new Date("2026-11-26T08:00:00Z");

function judged(registrations: readonly Registration[], stack = "prod") {
  return evaluate(rules, stackOf(registrations, stack), now, { mode: "existing" });
}

const open = (registrations: readonly Registration[], stack?: string) =>
  judged(registrations, stack).filter(({ outcome }) => outcome !== "pass" && outcome !== "not-applicable");

/** What a rule says of these resources; empty where it holds. */
const told = (rule: string, registrations: readonly Registration[], stack?: string) =>
  open(registrations, stack)
    .filter(({ by }) => by === rule)
    .map(({ observed }) => observed);

const types = [...new Set(fixtureStacks.prod.map(({ type }) => type))].filter(
  (t) => !t.startsWith("readiness:"),
);

type Inputs = Readonly<Record<string, unknown>>;

/** What a provider takes nothing without. */
const required: Readonly<Record<string, Inputs>> = {
  "aws:cloudfront/distribution:Distribution": {
    origins: [],
    defaultCacheBehavior: { targetOriginId: "one", viewerProtocolPolicy: "https-only" },
  },
};

describe("of every program", () => {
  it("nothing is asked of what is not there", () => {
    expect(open([])).toEqual([]);
    expect(open([declared("pulumi:pulumi:Stack")])).toEqual([]);
  });

  it("no rule breaks on a resource of which nothing is said, and each finding is about a resource", () => {
    for (const type of types) {
      const findings = open([declared(type, required[type])]);
      expect(
        findings.filter(({ outcome }) => outcome === "error").map(({ by, observed }) => [type, by, observed]),
      ).toEqual([]);
      expect(findings.every(({ urn }) => urn !== undefined)).toBe(true);
    }
  });

  it("nothing is wrong with the stacks of this product", () => {
    expect(open(fixtureStacks.prod).map(({ by, subject }) => `${by} ${subject}`)).toEqual([]);
    expect(open(fixtureStacks.staging, "staging").map(({ by, subject }) => `${by} ${subject}`)).toEqual([]);
  });

  it("its conventions, its closed world and what is missing are not asked", () => {
    const asked = new Set(rulesOf(rules, "existing").map(({ id }) => id));
    expect(asked.size).toBeGreaterThan(70);
    for (const convention of [
      "aws-resources-tagged",
      "resources-inside-components",
      "shared-names-tell-stack",
      "types-reviewed",
      "properties-reviewed",
      "references-explained",
      "alerts-have-severity",
      "service-outage-alerted",
      "escalation-policy-per-severity",
    ]) {
      expect(asked).not.toContain(convention);
    }
  });
});

const database = (props: Inputs) =>
  declared("aws:rds/instance:Instance", { engine: "postgres", engineVersion: "17.2", ...props });
const group = (props: Inputs) =>
  declared("aws:ec2/securityGroup:SecurityGroup", { ingress: [], egress: [], ...props }, { name: "group" });
const opening = (cidrBlocks: readonly string[]) => ({
  ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks }],
});
const behind = (one: Registration, property: string, ...others: readonly Registration[]): Registration => ({
  ...one,
  propertyDependencies: { ...one.propertyDependencies, [property]: others.map(({ urn }) => urn) },
});
const monitor = (props: Inputs) =>
  declared("datadog:index/monitor:Monitor", {
    name: "CPU",
    type: "metric alert",
    query: "avg(last_5m):avg:a{*} > 1",
    message: "@pagerduty-Shop",
    monitorThresholds: { critical: "1" },
    ...props,
  });
const check = (props: Inputs) =>
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
const pager = (props: Inputs) =>
  declared("pagerduty:index/service:Service", { name: "Shop", ...props }, { name: "shop" });
const role = (props: Inputs) => declared("aws:iam/role:Role", props);
const trusting = (principal: unknown, condition = {}) =>
  JSON.stringify({
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal, Condition: condition }],
  });
const parameters = (family: string, ...set: readonly (readonly [string, string])[]) =>
  declared(
    "aws:rds/parameterGroup:ParameterGroup",
    { family, parameters: set.map(([name, value]) => ({ name, value })) },
    { name: "parameters" },
  );
const withParameters = (props: Inputs, parametersOf: Registration) => [
  behind(database(props), "parameterGroupName", parametersOf),
  parametersOf,
];
const bucket = declared("aws:s3/bucket:Bucket", {}, { name: "bucket" });
const lifecycle = behind(
  declared("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", {
    rules: [{ id: "all", status: "Enabled", expiration: { days: 30 } }],
  }),
  "bucket",
  bucket,
);
const versioned = behind(
  declared("aws:s3/bucketVersioning:BucketVersioning", { versioningConfiguration: { status: "Enabled" } }),
  "bucket",
  bucket,
);

describe.each<[rule: string, bad: readonly Registration[], good: readonly Registration[]]>([
  ["database-not-public", [database({ publiclyAccessible: true })], [database({})]],
  [
    "database-clients-private",
    [behind(database({}), "vpcSecurityGroupIds", group({})), group(opening(["0.0.0.0/0"]))],
    [behind(database({}), "vpcSecurityGroupIds", group({})), group(opening(["10.2.0.0/16"]))],
  ],
  [
    "network-administration-closed",
    [group({ ingress: [{ protocol: "tcp", fromPort: 0, toPort: 1024, cidrBlocks: ["0.0.0.0/0"] }] })],
    [
      group({
        ingress: [
          { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
          { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8", "198.51.100.7/32"] },
          { protocol: "icmp", fromPort: -1, toPort: -1, cidrBlocks: ["0.0.0.0/0"] },
          { protocol: "udp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
        ],
      }),
    ],
  ],
  [
    "network-administration-closed",
    [group({ ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] }] })],
    [group({})],
  ],
  ["database-certificate-current", [database({ caCertIdentifier: "rds-ca-2019" })], [database({})]],
  [
    "database-backups-retained",
    [database({ backupRetentionPeriod: 0 })],
    [database({ replicateSourceDb: "other" })],
  ],
  ["database-storage-encrypted", [database({})], [database({ storageEncrypted: true })]],
  [
    "database-multi-zone",
    [database({ multiAz: false })],
    [database({ multiAz: false, replicateSourceDb: "other" })],
  ],
  ["database-deletion-protected", [database({})], [database({ deletionProtection: true })]],
  ["database-final-snapshot", [database({ skipFinalSnapshot: true })], [database({})]],
  ["database-patched", [database({ autoMinorVersionUpgrade: false })], [database({})]],
  [
    "database-storage-grows",
    [database({ allocatedStorage: 20 })],
    [database({ allocatedStorage: 20, maxAllocatedStorage: 50 })],
  ],
  [
    "database-settings-sound",
    [database({ applyImmediately: true })],
    [database({ snapshotIdentifier: "one", optionGroupName: "own" })],
  ],
  [
    "database-windows-apart",
    [database({ backupWindow: "03:00-04:00", maintenanceWindow: "sun:03:30-sun:04:30" })],
    [database({ backupWindow: "01:00-02:00" })],
  ],
  ["database-tls-forced", [database({ engineVersion: "14.9" })], [database({ engineVersion: "16.6" })]],
  [
    "database-tls-forced",
    withParameters({}, parameters("postgres17", ["rds.force_ssl", "0"])),
    withParameters({}, parameters("postgres17")),
  ],
  [
    "database-tls-forced",
    withParameters({ engine: "mysql", engineVersion: "8.0.40" }, parameters("mysql8.0")),
    withParameters(
      { engine: "mysql", engineVersion: "8.0.40" },
      parameters("mysql8.0", ["require_secure_transport", "ON"]),
    ),
  ],
  [
    "database-tls-forced",
    [database({ engine: "mysql", engineVersion: "8.4.3" })],
    [database({ engine: "mariadb", engineVersion: "11.10.1" })],
  ],
  ["database-tls-forced", [database({ engineVersion: "14.9" })], [database({ engine: "oracle-ee" })]],
  [
    "database-parameters-sound",
    withParameters({}, parameters("postgres17", ["fsync", "0"])),
    withParameters({ engine: "mysql" }, parameters("mysql8.0", ["slow_query_log", "1"])),
  ],
  ["edge-buckets-versioned", [bucket], [bucket, versioned]],
  ["edge-buckets-versioned", [bucket], [bucket, lifecycle]],
  [
    "edge-buckets-versioned",
    [bucket],
    [declared("aws:s3/bucketV2:BucketV2", { versioning: { enabled: true } })],
  ],
  ["edge-buckets-kept", [declared("aws:s3/bucket:Bucket", { forceDestroy: true })], [bucket]],
  ["checks-from-several-regions", [check({ locations: ["aws:a"] })], [check({ locations: ["pl:own"] })]],
  [
    "checks-agree",
    [check({ optionsList: { tickEvery: 60 } })],
    [check({ locations: ["aws:a"], optionsList: {} })],
  ],
  ["checks-live", [check({ status: "paused" })], [check({})]],
  ["alerts-page-once", [monitor({ message: "High." })], [monitor({ message: "High. @slack-ops" })]],
  [
    "alerts-page-declared-service",
    [monitor({ message: "@pagerduty-Shopp" }), pager({})],
    [monitor({ message: "@pagerduty-Elsewhere" }), pager({})],
  ],
  [
    "alerts-page-declared-service",
    [monitor({ message: "@pagerduty-Shp-API" }), pager({ name: "Shop API" })],
    [monitor({ message: "@pagerduty-Shop-API" }), pager({ name: "Shop API" })],
  ],
  [
    "alerts-page-declared-service",
    [monitor({ message: "@pagerduty-Shopp" }), pager({})],
    [monitor({ message: "@pagerduty-shard-2" }), pager({ name: "shard-1" })],
  ],
  [
    "alerts-say-when-over",
    [monitor({ message: "{{#is_alert}}@pagerduty-Shop{{/is_alert}}" })],
    [monitor({})],
  ],
  [
    "warnings-page-nobody",
    [monitor({ monitorThresholds: { critical: "1", warning: "0.5" } })],
    [monitor({})],
  ],
  ["alert-values-agree", [monitor({ monitorThresholds: { critical: "2" } })], [monitor({})]],
  [
    "alert-options-hold-nothing-back",
    [monitor({ newGroupDelay: 86_400 })],
    [monitor({ notifyNoData: true, noDataTimeframe: 20 })],
  ],
  [
    "paging-service-urgent",
    [pager({ incidentUrgencyRule: { type: "constant", urgency: "low" } })],
    [pager({ name: "Shop tickets", incidentUrgencyRule: { type: "constant", urgency: "low" } })],
  ],
  ["incidents-stay-open", [pager({ autoResolveTimeout: "14400" })], [pager({ autoResolveTimeout: "null" })]],
  [
    "acknowledgement-expires",
    [pager({ acknowledgementTimeout: "null", incidentUrgencyRule: { type: "constant", urgency: "high" } })],
    [pager({})],
  ],
  [
    "roles-taken-on-by-their-own",
    [role({ assumeRolePolicy: trusting("*") })],
    [role({ assumeRolePolicy: trusting({ Service: "lambda.amazonaws.com" }) })],
  ],
  [
    "encryption-keys-rotate",
    [declared("aws:kms/key:Key", {})],
    [declared("aws:kms/key:Key", { customerMasterKeySpec: "RSA_2048" })],
  ],
  [
    "resource-types-supported",
    [
      declared(
        "aws:s3/bucketV2:BucketV2",
        {},
        { provider: "urn:pulumi:prod::readiness::pulumi:providers:aws::seven" },
      ),
      declared("pulumi:providers:aws", { version: "7.1.0" }, { name: "seven" }),
    ],
    [
      declared(
        "aws:s3/bucketV2:BucketV2",
        {},
        { provider: "urn:pulumi:prod::readiness::pulumi:providers:aws::six" },
      ),
      declared("pulumi:providers:aws", { version: "6.83.0" }, { name: "six" }),
    ],
  ],
])("%s", (rule, bad, good) => {
  it("is asked of what exists", () => {
    expect(told(rule, bad)).toHaveLength(1);
    expect(told(rule, good)).toEqual([]);
  });
});

describe("a network", () => {
  const subnet = declared("aws:ec2/subnet:Subnet", {}, { name: "data" });
  const subnets = behind(
    declared("aws:rds/subnetGroup:SubnetGroup", { subnetIds: ["subnet-1"] }),
    "subnetIds",
    subnet,
  );
  const table = declared("aws:ec2/routeTable:RouteTable", {}, { name: "table" });
  const association = {
    ...declared("aws:ec2/routeTableAssociation:RouteTableAssociation"),
    propertyDependencies: { subnetId: [subnet.urn], routeTableId: [table.urn] },
  };
  const route = (props: Inputs) =>
    behind(
      declared("aws:ec2/route:Route", { destinationCidrBlock: "0.0.0.0/0", ...props }),
      "routeTableId",
      table,
    );
  const rule = "network-data-subnets-have-no-way-out";
  const network = (props: Inputs) => [subnet, subnets, table, association, route(props)];

  it("lets nobody into a data store's subnet from the internet, and may let it out", () => {
    expect(told(rule, network({ gatewayId: "igw-0ba3c1d2" }))).toEqual(["the internet reaches it"]);
    expect(told(rule, network({ natGatewayId: "nat-0c77" }))).toEqual([]);
  });
});

describe("an escalation", () => {
  const ada = declared("pagerduty:index/user:User", { name: "Ada" }, { name: "ada" });
  const bo = declared("pagerduty:index/user:User", { name: "Bo" }, { name: "bo" });
  const layer = (users: readonly string[], restrictions: readonly object[] = []) => ({
    start: "2026-01-01T00:00:00Z",
    rotationVirtualStart: "2026-01-01T00:00:00Z",
    rotationTurnLengthSeconds: 604_800,
    users,
    restrictions,
  });
  const rota = (name: string, layers: readonly object[], ...people: readonly Registration[]) =>
    behind(
      declared("pagerduty:index/schedule:Schedule", { name, timeZone: "Etc/UTC", layers }, { name }),
      "layers",
      ...people,
    );
  const day = [{ type: "daily_restriction", startTimeOfDay: "08:00:00", durationSeconds: 36_000 }];
  const policy = (rotas: readonly Registration[], props: Inputs = {}) =>
    behind(
      declared(
        "pagerduty:index/escalationPolicy:EscalationPolicy",
        {
          name: "Anything",
          numLoops: 1,
          rules: rotas.map(({ name }) => ({
            escalationDelayInMinutes: 10,
            targets: [{ type: "schedule_reference", id: name }],
          })),
          ...props,
        },
        { name: "policy" },
      ),
      "rules",
      ...rotas,
    );
  const days = rota("days", [layer(["a", "b"], day)], ada, bo);
  const always = rota("always", [layer(["a", "b"])], ada, bo);
  const alone = rota("alone", [layer(["a"])], ada);
  const used = (p: Registration) => behind(pager({ escalationPolicy: "x" }), "escalationPolicy", p);

  it("has somebody at every moment at one of its levels, whichever", () => {
    expect(told("escalation-targets-known", [ada, bo, days, policy([days])])).toEqual([
      expect.stringMatching(/^no level has anybody on call from /),
    ]);
    expect(told("escalation-targets-known", [ada, bo, days, always, policy([days, always])])).toEqual([]);
  });

  it("begins with a schedule, is repeated, and reaches two people", () => {
    const direct = behind(
      declared(
        "pagerduty:index/escalationPolicy:EscalationPolicy",
        {
          name: "Direct",
          rules: [{ escalationDelayInMinutes: 5, targets: [{ type: "user_reference", id: "a" }] }],
        },
        { name: "policy" },
      ),
      "rules",
      ada,
    );
    const all = [ada, direct, used(direct)];
    expect(told("escalation-starts-on-call", all)).toHaveLength(1);
    expect(told("escalation-repeats", all)).toHaveLength(1);
    expect(told("escalation-reaches-two-people", all)).toEqual(["every level pages ada"]);
    const good = policy([always]);
    for (const rule of ["escalation-starts-on-call", "escalation-repeats", "escalation-reaches-two-people"]) {
      expect(told(rule, [ada, bo, always, good, used(good)])).toEqual([]);
    }
  });

  it("of two people in turns is staffed; of one it is not, unless nobody uses it", () => {
    expect(told("rotations-staffed", [ada, bo, always, policy([always])])).toEqual([]);
    expect(told("rotations-staffed", [ada, alone, policy([alone])])).toEqual(["one person has every turn"]);
    expect(told("rotations-staffed", [ada, alone])).toEqual([]);
  });

  it("of people whose numbers nobody declares is not asked how they are reached", () => {
    const mail = behind(
      declared("pagerduty:index/userContactMethod:UserContactMethod", {
        type: "email_contact_method",
        address: "a@example.com",
      }),
      "userId",
      ada,
    );
    const app = behind(
      declared("pagerduty:index/userContactMethod:UserContactMethod", {
        type: "push_notification_contact_method",
      }),
      "userId",
      ada,
    );
    expect(told("people-reachable-by-phone", [ada])).toEqual([]);
    expect(told("people-reachable-by-phone", [ada, mail])).toHaveLength(1);
    expect(told("people-reachable-by-phone", [ada, app])).toEqual([]);
  });
});

it.each([
  ["repo:acme/shop:ref:refs/heads/main", []],
  ["repo:acme/*", ["tokens for repo:acme/* are taken"]],
  ["*", ["tokens for * are taken"]],
  [undefined, ["tokens of any repository are taken"]],
])("a role of GitHub's tokens for %s", (subject, expected) => {
  const issuer = declared(
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    { url: "https://token.actions.githubusercontent.com" },
    { name: "issuer" },
  );
  const policy = JSON.stringify({
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: "arn" },
        Condition: {
          StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
          ...(subject === undefined
            ? {}
            : { StringLike: { "token.actions.githubusercontent.com:sub": subject } }),
        },
      },
    ],
  });
  const ci = behind(role({ assumeRolePolicy: policy }), "assumeRolePolicy", issuer);
  expect(told("deploy-role-for-one-environment", [issuer, ci])).toEqual(expected);
});

it.each([
  ["s3:*", "*", ["it allows s3:* on anything"]],
  ["*", "*", ["it allows * on anything"]],
  ["s3:*", "arn:aws:s3:::one/*", []],
  ["s3:GetObject", "*", []],
])("a role that may %s on %s", (action, resource, expected) => {
  const own = role({ assumeRolePolicy: trusting({ Service: "lambda.amazonaws.com" }) });
  const rights = behind(
    declared("aws:iam/rolePolicy:RolePolicy", {
      policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: resource }] }),
    }),
    "role",
    own,
  );
  expect(told("roles-rights-narrow", [own, rights])).toEqual(expected);
});

it("remedies name the resource and its property, where no stack file of this product stands behind it", () => {
  const remedies = (mode: "all" | "existing", elsewhere?: boolean) =>
    evaluate(rules, stackOf([database({ backupRetentionPeriod: 1 })]), now, { mode, elsewhere })
      .filter(({ by }) => by === "database-backups-retained")
      .map(({ remedy }) => remedy);
  const named = ["Set `backupRetentionPeriod` of subject (aws:rds/instance:Instance) to ≥ 7."];
  expect(remedies("existing")).toEqual(named);
  expect(remedies("all", true)).toEqual(named);
  // The item's own row, which speaks of the stack file.
  expect(remedies("all")).toEqual([undefined]);
  expect(remedies("existing", false)).toEqual([undefined]);
});
