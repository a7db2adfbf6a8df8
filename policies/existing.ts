/**
 * `existing`: what is asked of a program that was made for something else, by the command line (`--judge existing`) and
 * by the policy pack (`mode`) alike. What is there has to be right; nothing is said of what would have to be there, of
 * the conventions of this product, or of what nobody has looked at. A rule says itself what it asks then.
 */
import type { Finding } from "../model/finding.ts";
import type { ResourceRule, Result, Rule, StackRule } from "./rule.ts";

export const modes = ["all", "existing"] as const;
export type Mode = (typeof modes)[number];

/** The rules that a mode asks, as it asks them. */
export function rulesOf(rules: readonly Rule[], mode: Mode): readonly Rule[] {
  return mode === "all" ? rules : rules.flatMap((rule) => asked(rule) ?? []);
}

/** A rule with what it asks of anybody's program; nothing where it asks nothing of it. */
function asked(rule: Rule): Rule | undefined {
  if (!rule.existing) return undefined;
  return "checkStack" in rule ? ofStack(rule) : ofResource(rule);
}

function ofStack(rule: StackRule): StackRule {
  const check = typeof rule.existing === "function" ? rule.existing : rule.checkStack;
  return { ...rule, checkStack: (stack, context) => withoutUnlooked(check(stack, context)) };
}

function ofResource({ where, ...rule }: ResourceRule): ResourceRule {
  const { existing } = rule;
  // A variant is about every resource of the type: `where` selects by names of this product.
  return typeof existing === "function"
    ? { ...rule, check: (resource, context) => withoutUnlooked(existing(resource, context)) }
    : {
        ...rule,
        ...(where && { where }),
        check: (resource, context) => withoutUnlooked(rule.check(resource, context)),
      };
}

function withoutUnlooked(result: Result): Result {
  return result === undefined
    ? undefined
    : [result].flat().filter((found) => !("unlooked" in found && found.unlooked));
}

/** Whether a mode speaks of a finding: what is missing has no resource. What a deployment left behind has none either. */
export function isSpokenOf({ urn, outcome, by }: Finding, mode: Mode): boolean {
  return mode === "all" || urn !== undefined || outcome === "pass" || outcome === "error" || by === settled;
}

/**
 * What is found, without what says nothing: of a program of which no other rule has an object, it proves nothing that
 * all of its types are supported and deployed.
 */
export function sayingSomething(findings: readonly Finding[]): readonly Finding[] {
  const isGeneral = ({ outcome, by }: Finding) =>
    outcome === "not-applicable" || (outcome === "pass" && ofWhatever.includes(by));
  return findings.every(isGeneral) ? findings.filter(({ outcome }) => outcome !== "pass") : findings;
}

/** The rule on what is half made, or left over; see `rules/governance.ts`. */
export const settled = "deployment-settled";
/** Rules that look at whatever is there. */
const ofWhatever: readonly string[] = [settled, "resource-types-supported"];
