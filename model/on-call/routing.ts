/** Where an alert goes: the PagerDuty service of its severity, and the handles that a monitor's message names. */
import type { Tier } from "../tier.ts";
import type { Severity } from "./severities.ts";

/** The part of a stack that no single service owns: network, data stores, edge. */
export const platform = "platform";

/** What a PagerDuty service is for. */
export interface Route {
  readonly product: string;
  /** A service's name, or `platform`. */
  readonly service: string;
  readonly stack: string;
  readonly severity: Severity;
}

/**
 * Name of the PagerDuty service of a route, such as `portal-billing-prod-sev1`, or `portal-prod-sev1` for a
 * service that is called like its product. PagerDuty knows a name once in an account, whatever the product.
 */
export function pagerDutyService({ product, service, stack, severity }: Route): string {
  return [...new Set([product, service]), stack, severity.toLowerCase()].join("-");
}

/** Whether alerts that follow an open incident join it: staging pages nobody, and grouping takes PagerDuty's AIOps. */
export function isGrouped({
  tier,
  onCall,
}: {
  readonly tier: Tier;
  readonly onCall: { readonly alertGrouping: boolean };
}): boolean {
  return tier === "production" && onCall.alertGrouping;
}

/** How a Datadog message addresses that PagerDuty service. */
export function pagerDutyHandle(route: Route): string {
  return `@pagerduty-${pagerDutyService(route)}`;
}
