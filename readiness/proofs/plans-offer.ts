/** Whether the team's plans offer what a stack declares: each feature that it uses, by the types and properties of it. */
import type { Finding, Outcome } from "../../model/finding.ts";
import { features, type KnownPlans, lackWords, standingOf } from "../../model/plans/features.ts";
import { offerName } from "../../model/plans/plan.ts";
import type { Stack } from "../../policies/resource.ts";
import { type Use, usesOf } from "../cost/uses.ts";

/** The name under which it is told. */
export const plansOfferId = "plans-offer";

/** A finding for each feature that is lacking or in doubt; one that passes where there is none. */
export function plansOffer(stack: Stack, plans: KnownPlans): readonly Finding[] {
  const found = usesOf(stack).flatMap((use) => problemWith(use, plans));
  if (found.length > 0) return found;
  return [finding("pass", { subject: stack.name, observed: "" })];
}

function problemWith({ id, resources: [resource, ...others], undecided }: Use, plans: KnownPlans): Finding[] {
  const { name, offer, source, instead } = features[id];
  const standing = standingOf(id, plans);
  if (!offer || (standing !== "lacking" && standing !== "doubtful")) return [];
  const more = others.length > 0 ? `, as ${others.length} more do` : "";
  const at = { subject: resource.name, urn: resource.urn, source: resource.source };
  const lack = `it uses ${name}${more}, which ${lackWords(id, plans)} (${source})`;
  if (undecided) return [finding("unknown", { ...at, observed: `the update will find out whether ${lack}` })];
  if (standing === "doubtful") {
    return [
      finding("unknown", { ...at, observed: `${lack}: no page of the vendor's that says so was found; ask` }),
    ];
  }
  const nearest = instead === undefined ? "" : `; the nearest without it: ${instead}`;
  return [finding("fail", { ...at, observed: lack, wanted: `of ${offerName(offer)}${nearest}` })];
}

function finding(
  outcome: Outcome,
  what: Pick<Finding, "subject" | "observed"> & Partial<Pick<Finding, "urn" | "source" | "wanted">>,
): Finding {
  return {
    item: "COST-01",
    kind: "policy",
    by: plansOfferId,
    outcome,
    urn: undefined,
    source: undefined,
    wanted: undefined,
    ...what,
  };
}
