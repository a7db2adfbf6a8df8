/** How much a stack has to prove. */

export const tiers = ["staging", "production"] as const;
export type Tier = (typeof tiers)[number];

/** What decided a tier: the stack's name, its config, or that neither says anything. */
export type TierSource = "name" | "config" | "default";

/** Stacks whose loss hurts no customer. */
const stagingNames = /^(staging|dev|preview|pr-\d+)$/;
/** `prod`, `production-eu`, `eu-live`; not `preprod`, `non-prod`. */
const productionNames = /(^|[-_.])(prod[a-z]*|prd|live)\d*([-_.]|$)/i;
const beforeProduction = /(^|[-_.])(pre|non)[-_.]prod/i;

/**
 * The tier of a stack. Config cannot make production any less than production, and a name that nobody thought of
 * counts as production unless config says otherwise.
 * @param declared the config `readiness:tier`, as far as it is one
 */
export function decideTier(
  stack: string,
  declared?: unknown,
): { readonly tier: Tier; readonly by: TierSource } {
  const said = tiers.find((tier) => tier === declared);
  if (isProduction(stack)) return { tier: "production", by: "name" };
  if (said) return { tier: said, by: said === "staging" && stagingNames.test(stack) ? "name" : "config" };
  return stagingNames.test(stack) ? { tier: "staging", by: "name" } : { tier: "production", by: "default" };
}

export function tierOf(stack: string, declared?: unknown): Tier {
  return decideTier(stack, declared).tier;
}

/** Whether its name says that customers depend on it. */
export function isProduction(stack: string): boolean {
  return productionNames.test(stack) && !beforeProduction.test(stack);
}
