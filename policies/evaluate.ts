/** Evaluates rules over a stack: one finding for each rule and subject, in five outcomes. */
import { type ChecklistItem, checklist, type ItemId } from "../spec/checklist.ts";
import { tierOf } from "../spec/tier.ts";
import type { Resource, SourcePosition, Stack } from "./resource.ts";
import type { Context, ResourceRule, Result, Rule, StackRule, Violation } from "./rule.ts";

/**
 * - `pass`: the rule looked and found nothing wrong
 * - `fail`: it found something wrong, or nothing to look at
 * - `unknown`: it needs a value that is only known during the deployment
 * - `not-applicable`: it does not hold for stacks of this tier
 * - `error`: the rule itself is broken; nothing is known about its subject
 */
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

/** Evaluates every rule on every resource it looks at. Absence never passes: see `ResourceRule`. */
export function evaluate(rules: readonly Rule[], stack: Stack, now = new Date()): readonly Finding[] {
  const context = contextOf(stack.name, now);
  return rules.flatMap((rule) => {
    if (!inForce(rule, context)) return [outOfTier(rule, context)];
    if ("checkStack" in rule) return evaluateStackRule(rule, stack, context);
    const findings = stack.ofType(rule.type).flatMap((r) => evaluateResource(rule, r, context));
    return findings.length > 0 ? findings : [missing(rule, context)];
  });
}

/** The context of a stack's evaluation. */
export function contextOf(stack: string, now = new Date()): Context {
  return { stack, tier: tierOf(stack), now };
}

/** Whether a rule holds for stacks of this tier. */
export function inForce(rule: Rule, context: Context): boolean {
  return rule.tiers?.includes(context.tier) ?? true;
}

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
  return finding(
    rule,
    "fail",
    undefined,
    failureMessage(rule, context, { observed, wanted: "declared" }, undefined),
  );
}

function outOfTier(rule: Rule, { tier }: Context): Finding {
  return finding(rule, "not-applicable", undefined, `not required of a ${tier} stack`);
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
    const violations = result === undefined ? [] : [result].flat();
    if (violations.length === 0) return [finding(rule, "pass", resource, "")];
    return violations.map((v) =>
      finding(rule, "fail", v.resource ?? resource, failureMessage(rule, context, v, resource)),
    );
  } catch (error) {
    const subject = resource?.name ?? context.stack;
    if (isUnknownValue(error)) {
      const path = error.props.join(".");
      const message = `${subject}: ${path} is ${error.reason ?? "only known during the deployment"} (${rule.item}).`;
      return [finding(rule, "unknown", resource, message)];
    }
    const message = `${subject}: the rule ${rule.id} itself failed: ${reasonOf(error)} (${rule.item}).`;
    return [finding(rule, "error", resource, message)];
  }
}

/** The policy SDK's error for a value that is not known yet; its types do not export the class. */
interface UnknownValue extends Error {
  readonly props: readonly string[];
  /** Why it is not known, where that is not because the deployment is yet to come. */
  readonly reason?: string;
}

function isUnknownValue(error: unknown): error is UnknownValue {
  return error instanceof Error && "unknownTypeSentinel" in error && "props" in error;
}

/** What is read, or nothing where it is only known during the deployment; what a state keeps closed stays undecided. */
export function whenKnown<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isUnknownValue(error) && error.reason === undefined) return undefined;
    throw error;
  }
}

/** A syntax error's message quotes the text that was parsed, which may be a secret. */
function reasonOf(error: unknown): string {
  return error instanceof Error && !(error instanceof SyntaxError)
    ? error.message
    : "it could not read a value";
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
