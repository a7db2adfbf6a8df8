/** Evaluates rules over a stack: one finding for each rule and subject, in five outcomes. */
import { checklist } from "../model/checklist/checklist.ts";
import { type Declaration, undeclared } from "../model/declaration.ts";
import type { Finding, Outcome } from "../model/finding.ts";
import { withoutObject } from "../model/parts.ts";
import { tierOf } from "../model/tier.ts";
import { onceOfMany } from "./alike.ts";
import { Review, type TeamRow } from "./closed-world/review.ts";
import { mendedByOwner, mendedElsewhere } from "./elsewhere.ts";
import { isSpokenOf, type Mode, rulesOf, sayingSomething } from "./existing.ts";
import type { Resource, Stack } from "./resource.ts";
import type { Context, ResourceRule, Result, Rule, StackRule } from "./rule.ts";
import { isUnknownValue } from "./unknown-value.ts";

/** Evaluates every rule on every resource it looks at. Absence never passes: see `ResourceRule`. */
export function evaluate(
  rules: readonly Rule[],
  stack: Stack,
  now = new Date(),
  { floors = {}, reviewed, mode = "all", elsewhere = mode === "existing" }: TeamStandards = {},
): readonly Finding[] {
  const general = contextOf(stack.name, now, reviewed, stack.declared);
  const findings = rulesOf(rules, mode)
    .flatMap((rule) => evaluateRule(rule, stack, stricter(general, rule, floors)))
    .filter((found) => isSpokenOf(found, mode));
  return (mode === "existing" ? sayingSomething(findings) : findings).map((found) =>
    elsewhere ? mendedElsewhere(found, stack) : mendedByOwner(found, stack),
  );
}

/** Evaluates one rule on every resource it looks at. */
export function evaluateRule(rule: Rule, stack: Stack, context: Context): readonly Finding[] {
  const reason = outOfForce(rule, context);
  if (reason !== undefined)
    return [finding(rule, context, "not-applicable", undefined, { observed: reason })];
  if (rule.deployed && !isDeployed(stack)) return [notDeployed(rule, context)];
  const findings = evaluateOn(rule, stack, context);
  return isOthers(rule, context) ? findings.map(unlessThere) : findings;
}

function evaluateOn(rule: Rule, stack: Stack, context: Context): readonly Finding[] {
  if ("checkStack" in rule) return evaluateStackRule(rule, stack, context);
  const findings = stack.ofType(rule.type).flatMap((r) => evaluateResource(rule, r, context));
  return findings.length > 0 ? findings : [missing(rule, context)];
}

/** What a team sets of the rules. */
export interface TeamStandards {
  readonly floors?: Floors | undefined;
  /** What it has looked at itself (reviewed.yaml). */
  readonly reviewed?: readonly TeamRow[] | undefined;
  readonly mode?: Mode | undefined;
  /** No stack file of this product stands behind it: what to change is told by resources and their properties. */
  readonly elsewhere?: boolean | undefined;
}

/** The context of a stack's evaluation. */
export function contextOf(
  stack: string,
  now = new Date(),
  reviewed: readonly TeamRow[] = [],
  { tier, parts, withoutPages = {} }: Declaration = undeclared,
): Context {
  return {
    stack,
    tier: tierOf(stack, tier),
    parts,
    withoutPages,
    now,
    floor: (own) => own,
    ceiling: (own) => own,
    review: new Review(reviewed),
  };
}

/** A team's own numbers, by id of rule. */
export type Floors = Readonly<Record<string, number>>;

/** The context of a rule for which a team may have a stricter number; a laxer one is refused as the rule asks. */
export function stricter(context: Context, { id }: Rule, floors: Floors): Context {
  const set = floors[id];
  if (set === undefined) return context;
  const checked = (own: number, sign: "≥" | "≤", holds: boolean) => {
    if (holds) return set;
    throw new Error(`the policy config's floors: ${id} is ${set}, must be ${sign} ${own}`);
  };
  return {
    ...context,
    floor: (own) => checked(own, "≥", set >= own),
    ceiling: (own) => checked(own, "≤", set <= own),
  };
}

/** Why a rule does not hold for a stack; nothing where it does. */
export function outOfForce(
  { item, tiers, needs, page }: Rule,
  { tier, parts, withoutPages }: Context,
): string | undefined {
  if (tiers && !tiers.includes(tier)) return `not required of a ${tier} stack`;
  if (page && withoutPages[page] !== undefined) return `there is no ${page}: ${withoutPages[page]}`;
  return withoutObject(needs ?? itemNeeds.get(item), parts);
}

/** Whether a rule is about what another program made. */
function isOthers({ item }: Rule, { parts }: Context): boolean {
  return itemRead.get(item)?.some((kinds) => withoutObject(kinds, parts) === undefined) ?? false;
}

/** What is missing of another program's need not be missing: nobody has read it. */
function unlessThere(found: Finding): Finding {
  if (found.outcome !== "fail" || found.urn !== undefined) return found;
  const observed = `${found.observed}, and of another program's nothing has been read (npm run facts)`;
  return { ...found, outcome: "unknown", observed, wanted: undefined };
}

const itemRead = new Map(checklist.map(({ id, read }) => [id, read]));
const itemNeeds = new Map(checklist.map(({ id, needs }) => [id, needs]));

/** One resource rule on one resource of its type; no finding where the rule does not select the resource. */
export function evaluateResource(rule: ResourceRule, resource: Resource<never>, context: Context): Finding[] {
  return toFindings(rule, context, resource as Resource, () =>
    rule.where && !rule.where(resource) ? "not selected" : rule.check(resource, context),
  );
}

/** One stack rule on the whole stack. */
export function evaluateStackRule(rule: StackRule, stack: Stack, context: Context): Finding[] {
  return toFindings(rule, context, undefined, () => rule.checkStack(stack, context));
}

/** The failure of a resource rule in a stack that has nothing to look at. */
export function missing(rule: ResourceRule, context: Context): Finding {
  const kind = rule.type.token.split(":").at(-1);
  const observed = `no ${kind}${rule.where ? " that this rule looks at" : ""} is declared`;
  return finding(rule, context, "fail", undefined, { observed, wanted: "declared" });
}

/** Whether it is a state that is judged, and not a program. */
function isDeployed({ flaws, resources }: Stack): boolean {
  return flaws !== undefined || resources.some((r) => r.flaws !== undefined);
}

function notDeployed(rule: Rule, context: Context): Finding {
  return finding(rule, context, "not-applicable", undefined, {
    observed: "a program is judged, of which nothing is deployed yet",
  });
}

function toFindings(
  rule: Rule,
  context: Context,
  resource: Resource | undefined,
  check: () => Result | "not selected",
): Finding[] {
  try {
    const result = check();
    if (result === "not selected") return [];
    const found = result === undefined ? [] : onceOfMany([result].flat());
    if (found.length === 0) return [finding(rule, context, "pass", resource, { observed: "" })];
    return found.map((f) =>
      "doubt" in f
        ? finding(rule, context, "unknown", f.resource ?? resource, { observed: f.doubt })
        : finding(rule, context, "fail", f.resource ?? resource, f),
    );
  } catch (error) {
    if (isUnknownValue(error)) {
      const observed = `${error.props.join(".")} is ${error.reason ?? "only known during the deployment"}`;
      return [finding(rule, context, "unknown", resource, { observed })];
    }
    const observed = `the rule ${rule.id} itself failed: ${reasonOf(error)}`;
    return [finding(rule, context, "error", resource, { observed })];
  }
}

/** A syntax error's message quotes the text that was parsed, which may be a secret. */
function reasonOf(error: unknown): string {
  return error instanceof Error && !(error instanceof SyntaxError)
    ? error.message
    : "it could not read a value";
}

function finding(
  { id, item }: Rule,
  { stack }: Context,
  outcome: Outcome,
  resource: Resource | undefined,
  { observed, wanted, mend }: { readonly observed: string; readonly wanted?: string; readonly mend?: string },
): Finding {
  const subject = resource?.name ?? stack;
  const { urn, source } = resource ?? {};
  const common = { item, kind: "policy", by: id, outcome, subject, urn, observed, wanted, source } as const;
  return mend === undefined ? common : { ...common, mend };
}
