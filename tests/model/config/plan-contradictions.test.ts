import { expect, it } from "vitest";
import { checkConfig } from "../../../model/config/stack-spec.ts";
import { type Change, prodConfig, prodSettings } from "../prod-config.ts";

const issues = (stack: string, ...changes: readonly Change[]) =>
  checkConfig(stack, prodConfig(...changes)).issues.map(({ path, message }) => `${path}: ${message}`);
const plan = (key: string, value: unknown): Change => [["readiness:plans", key], value];

it("a key that asks for what the plan lacks is told with the plan that has it, and the nearest without", () => {
  expect(issues("prod", plan("vercel", "pro"))).toEqual([
    expect.stringMatching(
      /^readiness:network\.kind: found "secure-compute", must be paid for: Secure Compute .* needs Vercel's plan enterprise, and the team has pro \(vercel\.com.*\); the nearest without it: network\.kind: static-ips/,
    ),
    expect.stringMatching(
      /^readiness:edge\.kind: found "cloudfront", .* the nearest without it: edge\.kind: vercel/,
    ),
  ]);
});

it("what the nearest needs is asked too", () => {
  const { cidr, zones, logRetentionDays } = Object(prodSettings()["readiness:network"]);
  const changes: readonly Change[] = [
    [
      ["readiness:network"],
      { kind: "static-ips", addresses: ["198.51.100.7"], cidr, zones, logRetentionDays },
    ],
    [["readiness:cache"], { kind: "none", because: "sessions live in the database" }],
    [["readiness:edge"], { kind: "vercel", rateLimitPer5Minutes: 2000 }],
  ];
  expect(issues("prod", ...changes, plan("vercel", "pro"))).toEqual([]);
  expect(issues("prod", ...changes, plan("vercel", "hobby"))).toEqual([
    expect.stringMatching(
      /^readiness:network\.kind: found "static-ips", must be paid for: an address .*static IPs.* needs Vercel's plan pro/,
    ),
  ]);
});

it("grouping takes AIOps, in production alone", () => {
  const without = plan("pagerdutyAddOns", undefined);
  expect(issues("prod", without)).toEqual([
    expect.stringMatching(
      /^readiness:onCall\.alertGrouping: found true, must be paid for: .*add-on aiops, and the team has none/,
    ),
  ]);
  expect(issues("staging", without)).toEqual([]);
  expect(issues("prod", without, [["readiness:onCall", "alertGrouping"], false])).toEqual([]);
});

it("data at Neon takes a plan that keeps a week of history, in production alone; unnamed, nothing is held against it", () => {
  const elsewhere: readonly Change[] = [
    [["readiness:database"], { kind: "external", provider: "neon" }],
    [["readiness:network"], { kind: "none", because: "the data is at Neon" }],
    [["readiness:cache"], { kind: "none", because: "sessions live in the database" }],
  ];
  const of = (stack: string, ...changes: readonly Change[]) =>
    checkConfig(stack, {
      ...prodConfig(...elsewhere, ...changes),
      "secrets:DATABASE_URL": "postgresql://",
    }).issues.map(({ path, message }) => `${path}: ${message}`);
  expect(of("prod", plan("neon", "free"))).toEqual([
    expect.stringMatching(
      /^readiness:database\.provider: found "neon", must be paid for: a way back .* needs Neon's plan launch, and the team has free/,
    ),
  ]);
  expect(of("staging", plan("neon", "free"))).toEqual([]);
  expect(of("prod", plan("neon", "launch"))).toEqual([]);
  expect(of("prod")).toEqual([]);
});

it("alerts of Sentry's that page take a plan with integrations", () => {
  const sentry: Change = [
    ["readiness:errors"],
    { kind: "sentry", organization: "example", team: "web", pagerDuty: { account: "139" } },
  ];
  expect(issues("prod", sentry, plan("sentry", "developer"))).toEqual([
    expect.stringMatching(
      /^readiness:errors\.kind: found "sentry", must be paid for: .* needs Sentry's plan team/,
    ),
  ]);
  expect(issues("prod", sentry, plan("sentry", "team"))).toEqual([]);
});

it("what the vendor has confirmed is not doubted", () => {
  const plans = [
    plan("vercel", "pro"),
    plan("confirmed", ["vercel-secure-compute", "vercel-rate-limit-by-header"]),
  ];
  expect(issues("prod", ...plans)).toEqual([]);
});

it.each([
  [plan("vercel", "teams"), /found "teams", must be one of "hobby", "pro", "enterprise"/],
  [plan("vercel", undefined), /readiness:plans\.vercel: missing, must be one of/],
  [plan("pagerduty", "free"), /readiness:people: found \d people, must be paid for: more than five users/],
  [plan("datadog", ["rumm"]), /did you mean "rum"/],
  [[["readiness:budget"], undefined], /readiness:budget: missing, must be a map with kind: monthly \| none/],
  [[["readiness:budget"], { kind: "none" }], /readiness:budget\.because: missing/],
  [[["readiness:budget", "unpricedUsd"], 6001], /found 6001, must be ≤ monthlyUsd \(6000\)/],
] satisfies readonly (readonly [Change, RegExp])[])("%j is told", (change, message) => {
  expect(issues("prod", change)).toEqual([expect.stringMatching(message)]);
});
