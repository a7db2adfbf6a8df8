/** What a stack uses of its vendors, and the plan that each of it needs. */
import {
  type FeatureId,
  features,
  type KnownPlans,
  type Standing,
  standingOf,
} from "../../model/plans/features.ts";
import { type Confidence, offerName } from "../../model/plans/plan.ts";
import type { Stack } from "../../policies/resource.ts";
import { usesOf } from "./uses.ts";

export interface Need {
  readonly id: FeatureId;
  readonly name: string;
  /** The least that offers it, such as `Vercel's plan pro`; null where none is known. */
  readonly plan: string | null;
  readonly standing: Standing;
  readonly confidence: Confidence;
  readonly source: string;
  /** Names of what uses it. */
  readonly resources: readonly string[];
}

export function needsOf(stack: Stack, plans: KnownPlans): readonly Need[] {
  return usesOf(stack).map(({ id, resources }) => {
    const { name, offer, confidence, source } = features[id];
    return {
      id,
      name,
      plan: offer && confidence !== "guess" ? offerName(offer) : null,
      standing: confidence === "guess" ? "unread" : standingOf(id, plans),
      confidence,
      source,
      resources: resources.map((resource) => resource.name),
    };
  });
}
