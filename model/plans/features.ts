/** Every feature of a vendor that a stack uses, and whether the plans of a team offer it. */
import { datadogFeatures } from "./datadog.ts";
import { elsewhereFeatures } from "./elsewhere.ts";
import { pagerDutyFeatures } from "./pagerduty.ts";
import { type Feature, has, isNamed, offerName, ownName, type TeamPlans } from "./plan.ts";
import { vercelFeatures } from "./vercel.ts";

const byId = { ...vercelFeatures, ...pagerDutyFeatures, ...datadogFeatures, ...elsewhereFeatures } as const;
export type FeatureId = keyof typeof byId;

export const featureIds = Object.keys(byId) as readonly FeatureId[];
export const features: Readonly<Record<FeatureId, Feature>> = byId;

/** What a team has, and what its vendors have told it, whatever is written. */
export interface KnownPlans extends TeamPlans {
  readonly confirmed: readonly FeatureId[];
}

/**
 * `lacking`: the vendor says that the plans lack it; `doubtful`: a weaker source does; `unread`: none was found, or
 * nobody has named the plan.
 */
export type Standing = "offered" | "confirmed" | "lacking" | "doubtful" | "unread";

export function standingOf(id: FeatureId, plans: KnownPlans): Standing {
  const { offer, confidence } = features[id];
  if (offer && has(plans, offer)) return "offered";
  if (plans.confirmed.includes(id)) return "confirmed";
  if (!offer || !isNamed(plans, offer) || confidence === "guess") return "unread";
  return confidence === "cited" ? "lacking" : "doubtful";
}

/** Such as `needs Vercel's plan enterprise, and the team has pro`. */
export function lackWords(id: FeatureId, plans: TeamPlans): string {
  const { offer } = features[id];
  return offer ? `needs ${offerName(offer)}, and the team has ${ownName(offer, plans)}` : "";
}
