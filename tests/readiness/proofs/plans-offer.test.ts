import { expect, it } from "vitest";
import { messageOf } from "../../../model/finding.ts";
import { featureIds, features, type KnownPlans } from "../../../model/plans/features.ts";
import { plansOffer } from "../../../readiness/proofs/plans-offer.ts";
import { fixtureStacks } from "../../policies/support/fixture-stacks.ts";
import { declared, stackOf, unknown } from "../../policies/support/stack.ts";

const team: KnownPlans = {
  vercel: "pro",
  pagerduty: "professional",
  pagerdutyAddOns: [],
  datadog: ["logs"],
  confirmed: [],
};
const told = (registrations: Parameters<typeof stackOf>[0], plans: Partial<KnownPlans> = {}) =>
  plansOffer(stackOf(registrations), { ...team, ...plans }).map((finding) => [
    finding.outcome,
    messageOf(finding, "prod") || finding.observed,
  ]);

const network = declared("vercel:index/network:Network", {}, { name: "portal" });
const firewall = (keys: unknown) =>
  declared("vercel:index/firewallConfig:FirewallConfig", {
    rules: { rules: [{ action: { action: "rate_limit", rateLimit: { keys } } }] },
  });
const business = (props: Readonly<Record<string, unknown>>) =>
  declared("pagerduty:index/businessService:BusinessService", props);
const release = (name: string) =>
  declared("vercel:index/projectRollingRelease:ProjectRollingRelease", {}, { name });

it("says what a plan lacks, where that was read, and the nearest that it has", () => {
  expect(told([network])).toEqual([
    [
      "fail",
      expect.stringMatching(
        /^portal: it uses Secure Compute .*, which needs Vercel's plan enterprise, and the team has pro \(vercel\.com.*\), must be of Vercel's plan enterprise; the nearest without it: network\.kind: static-ips.* \(COST-01\)\./,
      ),
    ],
  ]);
  expect(told([network], { vercel: "enterprise" })).toEqual([["pass", ""]]);
  expect(told([network], { confirmed: ["vercel-secure-compute"] })).toEqual([["pass", ""]]);
});

it.each([
  [[firewall(["header:x-viewer"])], "fail"],
  [[firewall(["ip", "ja4"])], "pass"],
  [[firewall([unknown])], "unknown"],
  [[business({ team: unknown })], "fail"],
  [[business({})], "pass"],
  [[release("one")], "pass"],
  [[release("one"), release("two")], "fail"],
  [[declared("datadog:index/logsIndex:LogsIndex")], "pass"],
  [[declared("datadog:index/rumApplication:RumApplication")], "fail"],
  [[declared("pagerduty:index/service:Service", { alertGroupingParameters: { type: "time" } })], "fail"],
  // No source tells, which is no reason to fail or to wait.
  [[declared("pagerduty:index/tag:Tag"), declared("datadog:index/statusPage:StatusPage")], "pass"],
  // An undated mirror does, which is.
  [[declared("vercel:index/firewallConfig:FirewallConfig", { managedRulesets: { owasp: {} } })], "unknown"],
])("%j is %s", (registrations, outcome) => {
  expect(told(registrations).map(([found]) => found)).toEqual([outcome]);
});

it("has looked at every type of these vendors that the stacks declare", () => {
  const known = new Set(featureIds.flatMap((id) => features[id].types));
  const types = new Set(Object.values(fixtureStacks).flatMap((all) => all.map(({ type }) => type)));
  expect(
    [...types].filter(
      (type) => /^(vercel|pagerduty|datadog|sentry|cloudflare):/.test(type) && !known.has(type),
    ),
  ).toEqual([]);
});
