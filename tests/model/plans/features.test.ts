import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type FeatureId,
  featureIds,
  features,
  type KnownPlans,
  standingOf,
} from "../../../model/plans/features.ts";
import { has, ladders, offerName, products } from "../../../model/plans/plan.ts";

const least: KnownPlans = {
  vercel: "hobby",
  pagerduty: "free",
  pagerdutyAddOns: [],
  datadog: [],
  sentry: "developer",
  neon: "free",
  supabase: "free",
  confirmed: [],
};
const most: KnownPlans = {
  vercel: "enterprise",
  pagerduty: "enterprise",
  sentry: "enterprise",
  neon: "scale",
  supabase: "enterprise",
  pagerdutyAddOns: products.pagerdutyAddOns,
  datadog: products.datadog,
  confirmed: [],
};

it("of the dearest plans lacks nothing", () => {
  expect(featureIds.filter((id) => standingOf(id, most) !== "offered")).toEqual(
    featureIds.filter((id) => features[id].offer === undefined),
  );
});

it("takes for a fact only what a vendor says", () => {
  for (const id of featureIds) {
    const { confidence, source } = features[id];
    expect(source, id).not.toBe("");
    const standing = standingOf(id, least);
    if (standing === "lacking") expect(confidence, id).toBe("cited");
    if (standing === "doubtful") expect(confidence, id).toBe("weak");
  }
});

it("is not lost with a dearer plan", () => {
  const plan = fc.record({
    vercel: fc.constantFrom(...ladders.vercel),
    pagerduty: fc.constantFrom(...ladders.pagerduty),
  });
  fc.assert(
    fc.property(plan, plan, fc.constantFrom(...featureIds), (one, other, id) => {
      const { offer } = features[id];
      if (!offer || (offer.of !== "vercel" && offer.of !== "pagerduty")) return;
      const ladder: readonly string[] = ladders[offer.of];
      const [low, high] = [one, other].toSorted(
        (a, b) => ladder.indexOf(a[offer.of]) - ladder.indexOf(b[offer.of]),
      );
      if (has({ ...least, ...low }, offer)) expect(has({ ...least, ...high }, offer)).toBe(true);
    }),
  );
});

it.each<[FeatureId, Partial<KnownPlans>, string]>([
  ["vercel-secure-compute", { vercel: "pro" }, "lacking"],
  ["vercel-secure-compute", { vercel: "enterprise" }, "offered"],
  ["vercel-secure-compute", { vercel: "pro", confirmed: ["vercel-secure-compute"] }, "confirmed"],
  ["vercel-managed-owasp", { vercel: "pro" }, "doubtful"],
  ["vercel-rolling-releases", { vercel: "pro" }, "offered"],
  ["vercel-more-rolling-releases", { vercel: "pro" }, "lacking"],
  ["pagerduty-alert-grouping", { pagerduty: "enterprise" }, "lacking"],
  ["pagerduty-alert-grouping", { pagerdutyAddOns: ["aiops"] }, "offered"],
  ["pagerduty-tags", { pagerduty: "professional" }, "unread"],
  ["sentry-integrations", { sentry: "developer" }, "lacking"],
  ["sentry-integrations", { sentry: "team" }, "offered"],
  ["sentry-integrations", { sentry: undefined }, "unread"],
  ["neon-history-of-a-week", { neon: "free" }, "lacking"],
  ["neon-history-of-a-week", { neon: "scale" }, "offered"],
  ["cloudflare-records", {}, "unread"],
  ["datadog-logs", { datadog: ["apm"] }, "lacking"],
  ["datadog-status-pages", { datadog: products.datadog }, "unread"],
])("%s with %j is %s", (id, plans, standing) => {
  expect(standingOf(id, { ...least, ...plans })).toBe(standing);
});

it("names a plan with its vendor", () => {
  expect(offerName({ of: "vercel", plan: "pro" })).toBe("Vercel's plan pro");
});
