/** What of a stack's config is about money: the plans that the team has with its vendors, and what a month may cost. */
import { z } from "zod";
import { featureIds } from "../plans/features.ts";
import { ladders, products } from "../plans/plan.ts";
import { reason } from "./languages.ts";

const dollars = z.number().min(0).max(10_000_000);

/** Of the account at each vendor. What they offer stands in model/plans/, each with its source. */
export const plans = z.strictObject({
  vercel: z.enum(ladders.vercel),
  pagerduty: z.enum(ladders.pagerduty),
  /** Where the team has them. Left out, what they cost is not known, and nothing is held against them. */
  sentry: z.enum(ladders.sentry).optional(),
  neon: z.enum(ladders.neon).optional(),
  supabase: z.enum(ladders.supabase).optional(),
  /** AIOps groups alerts, which `onCall.alertGrouping` asks for. */
  pagerdutyAddOns: z.array(z.enum(products.pagerdutyAddOns)).default([]),
  /** Datadog sells its products one by one. */
  datadog: z.array(z.enum(products.datadog)),
  /** What a vendor has told the team that its plan includes, whatever model/plans/ says: ids of features. */
  confirmed: z.array(z.enum(featureIds)).default([]),
});

/** What a month of the stack may cost at list prices, all vendors together. */
export const budget = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("monthly"),
    monthlyUsd: dollars,
    /**
     * What of it the team keeps for what `npm run cost` has no price for, and for what is billed by use: from contracts
     * and the last invoices. Left out, a stack with such lines has no known cost.
     */
    unpricedUsd: dollars.optional(),
  }),
  z.strictObject({
    kind: z.literal("none"),
    /** Why nobody limits it. */
    because: reason,
  }),
]);
