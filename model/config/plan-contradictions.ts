/** Settings that ask for what the team's plans do not offer, and a budget that leaves nothing. */
import { type FeatureId, features, lackWords, standingOf } from "../plans/features.ts";
import { decideTier } from "../tier.ts";
import type { Keys } from "./error.ts";
import type { CrossCheck, WrittenConfig } from "./written-config.ts";

/** The setting that asks for a feature, and where; nothing where the config does not ask. */
type Asked = (config: WrittenConfig, stack: string) => readonly [at: Keys, found: string] | undefined;

const asking: readonly (readonly [FeatureId, Asked])[] = [
  [
    "vercel-secure-compute",
    ({ network: { kind } }) => (kind === "secure-compute" ? [["network", "kind"], `"${kind}"`] : undefined),
  ],
  [
    "vercel-static-ips",
    ({ network: { kind } }) => (kind === "static-ips" ? [["network", "kind"], `"${kind}"`] : undefined),
  ],
  [
    "vercel-rate-limit-by-header",
    ({ edge: { kind } }) => (kind === "cloudfront" ? [["edge", "kind"], `"${kind}"`] : undefined),
  ],
  [
    "pagerduty-alert-grouping",
    ({ onCall: { alertGrouping = true }, tier }, stack) =>
      alertGrouping && decideTier(stack, tier).tier === "production"
        ? [["onCall", "alertGrouping"], "true"]
        : undefined,
  ],
  [
    "neon-history-of-a-week",
    ({ database, tier }, stack) =>
      database.kind === "external" &&
      database.provider === "neon" &&
      decideTier(stack, tier).tier === "production"
        ? [["database", "provider"], '"neon"']
        : undefined,
  ],
  [
    "sentry-integrations",
    ({ errors: { kind } }) => (kind === "sentry" ? [["errors", "kind"], `"${kind}"`] : undefined),
  ],
  [
    "pagerduty-more-users",
    ({ people }) =>
      people.length > (features["pagerduty-more-users"].beyond ?? 0)
        ? [["people"], `${people.length} people`]
        : undefined,
  ],
];

export const planChecks: readonly CrossCheck[] = [
  ...asking.map(
    ([id, asked]): CrossCheck =>
      function* plansOfferIt(config, _, stack) {
        // Each by its name: of one that is wrong nothing can be read, and the check ends.
        const { vercel, pagerduty, sentry, neon, supabase } = config.plans;
        const { pagerdutyAddOns = [], datadog, confirmed = [] } = config.plans;
        const own = { vercel, pagerduty, sentry, neon, supabase, pagerdutyAddOns, datadog, confirmed };
        const [at, found] = asked(config, stack) ?? [];
        if (at === undefined || standingOf(id, own) !== "lacking") return;
        const { name, source, instead } = features[id];
        const nearest = instead === undefined ? "" : `; the nearest without it: ${instead}`;
        yield [at, `found ${found}, must be paid for: ${name} ${lackWords(id, own)} (${source})${nearest}`];
      },
  ),

  function* allowanceIsOfTheBudget({ budget }) {
    if (budget.kind !== "monthly" || (budget.unpricedUsd ?? 0) <= budget.monthlyUsd) return;
    yield [
      ["budget", "unpricedUsd"],
      `found ${budget.unpricedUsd}, must be ≤ monthlyUsd (${budget.monthlyUsd}), of which it is a part`,
    ];
  },
];
