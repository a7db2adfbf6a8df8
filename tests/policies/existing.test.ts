/** What is asked of a program that was made for something else: that what exists is right, and nothing else. */
import { describe, expect, it } from "vitest";
import { evaluate } from "../../policies/evaluate.ts";
import { rulesOf } from "../../policies/existing.ts";
import { rules } from "../../policies/rules.ts";
import type { Registration } from "../../readiness/engine/registration.ts";
import { behind, database, type Inputs, now, open, pager, role, told, trusting } from "./support/existing.ts";
import { fixtureStacks } from "./support/fixture-stacks.ts";
import { declared, stackOf } from "./support/stack.ts";

const types = [...new Set(fixtureStacks.prod.map(({ type }) => type))].filter(
  (t) => !t.startsWith("readiness:"),
);
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
    expect(told(rule, network({ gatewayId: "igw-0ba3c1d2" }))).toEqual(["the internet reaches data"]);
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
    // Of one person alone it is said once.
    expect(told("escalation-starts-on-call", all)).toEqual([]);
    expect(told("escalation-starts-on-call", all, "staging")).toHaveLength(1);
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
