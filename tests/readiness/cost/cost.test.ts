import { describe, expect, it } from "vitest";
import { chosenParts } from "../../../model/parts.ts";
import type { ladders } from "../../../model/plans/plan.ts";
import { costOf } from "../../../model/prices/price.ts";
import { prices } from "../../../model/prices/prices.ts";
import { movementOf } from "../../../readiness/cost/change.ts";
import type { Cost } from "../../../readiness/cost/cost.ts";
import { costOfStack } from "../../../readiness/cost/cost.ts";
import { costSentence } from "../../../readiness/cost/text.ts";
import { toStack } from "../../../readiness/engine/registration.ts";
import { declared, stackOf, unknown } from "../../policies/support/stack.ts";
import { run } from "../project.ts";

const database = (props: Readonly<Record<string, unknown>> = {}) =>
  declared("aws:rds/instance:Instance", {
    instanceClass: "db.t4g.medium",
    allocatedStorage: 100,
    storageType: "gp3",
    ...props,
  });
const check = (props: Readonly<Record<string, unknown>> = {}) =>
  declared("datadog:index/syntheticsTest:SyntheticsTest", {
    type: "api",
    status: "live",
    locations: ["a", "b", "c"],
    optionsList: { tickEvery: 60 },
    ...props,
  });
const costs = (registrations: Parameters<typeof stackOf>[0], region = "us-east-1") =>
  costOfStack(stackOf(registrations), { region, plans, budget });
const plans = { vercel: "pro", pagerduty: "professional", pagerdutyAddOns: [], datadog: [] } as const;
const budget = { kind: "monthly", monthlyUsd: 1000 } as const;
const amount = ({ usd }: Cost) => usd.map((part) => Math.round(part * 100) / 100);

describe("what a stack costs", () => {
  it("is what is declared at list prices: hours, sizes, zones", () => {
    // 730 h × $0.065 and 100 GB × $0.115.
    expect(amount(costs([database()]))).toEqual([58.95, 58.95]);
    expect(amount(costs([database({ multiAz: true })]))).toEqual([117.9, 117.9]);
  });

  it("is a range where sources or regions differ", () => {
    expect(amount(costs([database({ instanceClass: "db.m7g.large", allocatedStorage: 0 })]))).toEqual([
      111.69, 141.62,
    ]);
    expect(amount(costs([database()], "eu-central-1"))).toEqual([66.02, 70.15]);
  });

  it("counts what nobody has a price for, and never takes it for nothing", () => {
    const unpriced = [
      [database({ instanceClass: "db.r99.huge" }), "no price was found of rds db.r99.huge"],
      [database({ instanceClass: unknown }), "the update will find out its size"],
      [declared("aws:ec2/instance:Instance"), "nobody has looked at what it costs"],
      [declared("aws:cloudwatch/metricAlarm:MetricAlarm"), "not found"],
      [database({ publiclyAccessible: true }), "not found"],
    ] as const;
    for (const [resource, why] of unpriced) {
      const { lines, ...rest } = costs([resource]);
      expect(lines.find(({ usd }) => usd === null)?.source).toBe(why);
      expect(costSentence({ lines, ...rest })).toMatch(/^at least .* and 1 line without a known price$/);
    }
    expect(costs([database()], "sa-east-1").lines.map(({ usd }) => usd)).toEqual([null, null]);
  });

  it("counts the runs of checks that run", () => {
    // 3 places × 730 h × 60 a hour × $5 / 10,000.
    expect(amount(costs([check()]))).toEqual([65.7, 65.7]);
    expect(amount(costs([check({ type: "browser" })]))).toEqual([1576.8, 1576.8]);
    expect(amount(costs([check({ status: "paused" })]))).toEqual([0, 0]);
  });

  it("takes the plans that the team has", () => {
    const people = ["ana", "ben"].map((name) => declared("pagerduty:index/user:User", {}, { name }));
    const of = (pagerduty: (typeof ladders.pagerduty)[number], more: Parameters<typeof stackOf>[0] = []) =>
      costOfStack(stackOf([...people, ...more]), {
        region: "us-east-1",
        plans: { ...plans, pagerduty },
        budget,
      });
    expect(amount(of("professional"))).toEqual([42, 42]);
    expect(amount(of("business"))).toEqual([82, 82]);
    expect(of("enterprise").lines.map(({ usd }) => usd)).toEqual([null]);
    const grouping = declared("pagerduty:index/service:Service", {
      alertGroupingParameters: { type: "time" },
    });
    expect(amount(of("professional", [grouping, grouping]))).toEqual([741, 841]);
    const project = declared("vercel:index/project:Project");
    expect(of("free", [project, project]).lines.map(({ what, usd }) => [what, usd])).toEqual([
      ["2 people in PagerDuty free", [0, 0]],
      ["Vercel's plan pro, of the team", null],
    ]);
  });

  it("counts what parts cost that nothing is declared of", () => {
    const parts = chosenParts((part) => ({
      kind: { network: "static-ips", database: "external" }[part as string],
    }));
    const project = declared("vercel:index/project:Project");
    const elsewhere = toStack(
      "prod",
      [project, { ...project, name: "shop", urn: `${project.urn}-shop` }],
      undefined,
      { parts },
    );
    const { lines } = costOfStack(elsewhere, { region: "us-east-1", plans, budget });
    expect(lines.map(({ what, usd }) => [what, usd])).toEqual([
      ["Vercel's plan pro, of the team", null],
      ["static IPs of 2 projects", [200, 200]],
      ["PostgreSQL at its provider", null],
    ]);
  });

  const neon = { kind: "external", provider: "neon" } as const;
  it.each<[string, object, object, readonly (readonly [string, number | null])[]]>([
    ["nobody names the plan", {}, neon, [["PostgreSQL at its provider", null]]],
    ["nobody says how much of it", { neon: "scale" }, neon, [["PostgreSQL by Neon's plan scale", null]]],
    [
      "plan and size are known",
      { neon: "launch" },
      { ...neon, computeUnits: 0.5, storageGiB: 10 },
      // 730 h × $0.106 / 2, and 10 GB × $0.35.
      [
        ["0.5 of Neon's compute units, by its plan launch", 38.69],
        ["10 GB at Neon", 3.5],
      ],
    ],
    ["Neon's plan is free", { neon: "free" }, neon, [["Neon's plan free", 0]]],
    [
      "it is at Supabase",
      { supabase: "pro" },
      { ...neon, provider: "supabase" },
      [["Supabase's plan pro", 25]],
    ],
    [
      "of Supabase no price is known",
      { supabase: "team" },
      { ...neon, provider: "supabase" },
      [["Supabase's plan team", null]],
    ],
    ["another plan is named", { supabase: "pro" }, neon, [["PostgreSQL at its provider", null]]],
  ])("knows what a database elsewhere costs where %s", (_, named, database, expected) => {
    const parts = chosenParts((part) => (part === "database" ? database : undefined));
    const stack = toStack("prod", [declared("vercel:index/project:Project")], undefined, { parts });
    const { lines } = costOfStack(stack, {
      region: "eu-central-1",
      plans: { ...plans, ...named },
      budget,
      database: database as Parameters<typeof costOfStack>[1]["database"] & object,
    });
    const ofData = lines.filter(({ component }) => component === "Database");
    expect(ofData.map(({ what, usd }) => [what, usd && Math.round(usd[0] * 100) / 100])).toEqual(expected);
  });

  it("counts Sentry once by its plan, and a zone at Cloudflare as unknown", () => {
    const declaredThere = [
      declared("sentry:index/sentryProject:SentryProject", {}, { name: "one" }),
      declared("sentry:index/sentryProject:SentryProject", {}, { name: "two" }),
      declared("sentry:index/sentryKey:SentryKey"),
      declared("cloudflare:index/dnsRecord:DnsRecord", {}, { name: "a" }),
      declared("cloudflare:index/dnsRecord:DnsRecord", {}, { name: "caa" }),
    ];
    const told = (named: object) =>
      costOfStack(stackOf(declaredThere), {
        region: "us-east-1",
        plans: { ...plans, ...named },
        budget,
      }).lines.map(({ what, usd }) => [what, usd]);
    expect(told({})).toEqual([
      ["Sentry, of the organisation", null],
      ["the zone at Cloudflare", null],
    ]);
    expect(told({ sentry: "team" })[0]).toEqual(["Sentry's plan team, of the organisation", [26, 26]]);
  });

  it("tells what is billed by use, by what it is", () => {
    expect(costs([declared("aws:s3/bucket:Bucket", {}, { name: "logs" })]).byUse).toEqual([
      { what: "stored objects", resources: ["logs"] },
    ]);
  });

  it("has a source for every price", () => {
    for (const price of Object.values(prices)) {
      expect(price.source).not.toBe("");
      const [from, to] = costOf(price, 1, "eu-central-1") ?? [0, 0];
      expect(from).toBeLessThanOrEqual(to);
    }
  });
});

describe("what a plan costs", () => {
  const type = "aws:rds/instance:Instance";
  const [small, large] = [
    { instanceClass: "db.t4g.micro", allocatedStorage: 20, storageType: "gp3" },
    { instanceClass: "db.t4g.medium", allocatedStorage: 20, storageType: "gp3" },
  ];
  const moved = (operation: string, before: object, after: object) => {
    const change = { operation, type, before: { ...before }, after: { ...after } };
    const { usd, unknown: open } = movementOf([change], "us-east-1");
    return [...usd.map((part) => Math.round(part * 100) / 100), open];
  };

  it("is what comes less what goes", () => {
    expect(moved("update", small, large)).toEqual([35.77, 35.77, 0]);
    expect(moved("update", large, small)).toEqual([-35.77, -35.77, 0]);
    expect(moved("create", {}, small)).toEqual([13.98, 13.98, 0]);
    expect(moved("delete", small, {})).toEqual([-13.98, -13.98, 0]);
  });

  it("counts the changes without a price, before or afterwards", () => {
    expect(moved("update", small, { ...large, instanceClass: unknown })).toEqual([0, 0, 1]);
    expect(moved("update", { ...small, allocatedStorage: unknown }, large)).toEqual([0, 0, 1]);
  });
});

describe("cost", () => {
  it("tells of a stack as text and as JSON the same sum", async () => {
    const [text, json] = await Promise.all([
      run(["cost", "--stack", "prod"]),
      run(["cost", "--stack", "prod", "--format", "json"]),
    ]);
    expect([text.status, json.status]).toEqual([0, 0]);
    const cost: Cost = JSON.parse(json.stdout);
    expect(text.stdout).toContain(costSentence(cost));
    expect(cost.usd[0]).toBeCloseTo(cost.lines.reduce((sum, { usd }) => sum + (usd?.[0] ?? 0), 0));
    expect(cost.lines.filter(({ usd }) => usd === null).map(({ source }) => source)).not.toContain(
      "nobody has looked at what it costs",
    );
  });
});
