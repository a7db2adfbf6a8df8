/** Evaluates rules over a stack: one finding for each rule and subject, in five outcomes. */
import { type ChecklistItem, checklist, type ItemId } from "../spec/checklist.ts";
import { tierOf } from "../spec/tier.ts";
import type { Resource, SourcePosition, Stack } from "./resource.ts";
import type { Context, ResourceRule, Result, Rule, Violation } from "./rule.ts";

export type Outcome = "pass" | "fail" | "unknown" | "not-applicable" | "error";

/** What one rule says of one subject. */
export interface Finding {
  readonly rule: string;
  readonly item: ItemId;
  readonly outcome: Outcome;
  /** The resource it is about; absent where the rule is about the stack, or about what is missing from it. */
  readonly urn: string | undefined;
  /** Subject, observed, wanted, item and remedy for a failure; the reason for any other outcome. */
  readonly message: string;
  readonly source: SourcePosition | undefined;
}

const items: ReadonlyMap<ItemId, ChecklistItem> = new Map(checklist.map((item) => [item.id, item]));

/** Evaluates every rule on every resource it applies to. Absence never passes: see `ResourceRule`. */
export function evaluate(rules: readonly Rule[], stack: Stack): readonly Finding[] {
  const context = contextOf(stack.name);
  return rules.flatMap((rule) => {
    if (rule.tiers && !rule.tiers.includes(context.tier)) return [outOfTier(rule, context)];
    if (!("type" in rule)) return evaluateStackRule(rule, stack, context);
    const subjects = stack.ofType(rule.type).filter((r) => applies(rule, r));
    if (subjects.length === 0) return [missing(rule, context)];
    return subjects.flatMap((r) => evaluateResource(rule, r, context));
  });
}

/** The context of a stack's evaluation. */
export function contextOf(stack: string): Context {
  return { stack, tier: tierOf(stack) };
}

/** One resource rule on one resource. */
export function evaluateResource(rule: ResourceRule, resource: Resource<never>, context: Context): Finding[] {
  return toFindings(rule, context, resource as Resource, () => rule.check(resource, context));
}

/** One stack rule on the whole stack. */
export function evaluateStackRule(
  rule: Extract<Rule, { checkStack: unknown }>,
  stack: Stack,
  context: Context,
): Finding[] {
  return toFindings(rule, context, undefined, () => rule.checkStack(stack, context));
}

/** The failure of a resource rule in a stack that has nothing to look at. */
export function missing(rule: ResourceRule, context: Context): Finding {
  const kind = rule.type.token.split(":").at(-1);
  const violation = {
    observed: `no ${kind}${rule.where ? " that counts here" : ""} is declared`,
    wanted: "declared",
  };
  return finding(rule, "fail", undefined, failureMessage(rule, context, violation, undefined));
}

/** Whether a resource rule looks at a resource; one whose selection is not known yet is looked at. */
export function applies(rule: ResourceRule, resource: Resource<never>): boolean {
  try {
    return rule.where?.(resource) ?? true;
  } catch {
    return true;
  }
}

function outOfTier(rule: Rule, context: Context): Finding {
  return finding(rule, "not-applicable", undefined, `not required of a ${context.tier} stack`);
}

function toFindings(
  rule: Rule,
  context: Context,
  resource: Resource | undefined,
  check: () => Result,
): Finding[] {
  try {
    const result = check();
    const violations: readonly Violation[] =
      result === undefined ? [] : Array.isArray(result) ? result : [result as Violation];
    if (violations.length === 0) return [finding(rule, "pass", resource, "")];
    return violations.map((v) =>
      finding(rule, "fail", v.resource ?? resource, failureMessage(rule, context, v, resource)),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (isUnknownValue(error)) return [finding(rule, "unknown", resource, reason)];
    return [finding(rule, "error", resource, `the rule itself failed: ${reason}`)];
  }
}

/** The policy SDK's error for a value that is not known yet; the SDK does not export its class. */
function isUnknownValue(error: unknown): boolean {
  return error instanceof Error && "unknownTypeSentinel" in error;
}

function failureMessage(
  rule: Rule,
  context: Context,
  violation: Violation,
  resource: Resource | undefined,
): string {
  const subject = (violation.resource ?? resource)?.name ?? context.stack;
  const remedy = items.get(rule.item)?.remedy.replaceAll("{stackFile}", `Pulumi.${context.stack}.yaml`);
  return `${subject}: ${violation.observed}, must be ${violation.wanted} (${rule.item}). ${remedy}`;
}

function finding(rule: Rule, outcome: Outcome, resource: Resource | undefined, message: string): Finding {
  return { rule: rule.id, item: rule.item, outcome, urn: resource?.urn, message, source: resource?.source };
}
