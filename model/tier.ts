/** How much a stack has to prove. */

export type Tier = "staging" | "production";

/** Stacks whose loss hurts no customer. */
const stagingNames = /^(staging|dev|preview|pr-\d+)$/;

/**
 * The tier of a stack, from its name alone: config cannot make production any less than production, and
 * a name that nobody thought of counts as production.
 */
export function tierOf(stack: string): Tier {
  return stagingNames.test(stack) ? "staging" : "production";
}
