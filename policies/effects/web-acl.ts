/**
 * What an AWS WAF web ACL does with a request: its rules are asked by priority until one of them ends the matter
 * (WAF developer guide, "Setting rule priority", "Using rule actions", "Overriding rule group actions").
 */
import type * as aws from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";
import type { Doubt, Violation } from "../rule.ts";

export type WebAcl = Pick<Unwrap<aws.wafv2.WebAclArgs>, "rules" | "defaultAction">;
export type AclRule = NonNullable<WebAcl["rules"]>[number];
type Statement = AclRule["statement"];
type Found = Violation | Doubt;

/** Actions that keep a request from the site; a browser can pass a challenge, a script of an attacker does not. */
const stopping = ["block", "captcha", "challenge"] as const;

/** The one member that is set, as AWS asks of actions and statements; undefined where it is none or several. */
function only(of: object | undefined): string | undefined {
  const set = Object.entries(of ?? {}).filter(([, value]) => value !== undefined);
  return set.length === 1 ? set[0]?.[0] : undefined;
}

function stops({ action }: AclRule): boolean {
  return (stopping as readonly (string | undefined)[]).includes(only(action));
}

/**
 * By group, rules that no attack is known by. An upload is larger than 8 KB, and AWS itself advises to count those
 * (WAF developer guide, "Baseline rule groups"): what is in a body is for the other rules.
 */
const mayCount: Readonly<Record<string, readonly string[]>> = {
  AWSManagedRulesCommonRuleSet: ["SizeRestrictions_BODY"],
};

/** How much of the world's requests a statement is about; undefined where that is not understood here. */
type Breadth = "all" | "some" | "none" | undefined;

/** @param statement such as a scope-down statement */
export function breadth(statement: Statement | undefined): Breadth {
  if (statement === undefined) return "all";
  const kind = only(statement);
  if (kind === undefined) return undefined;
  const { statements = [], statement: one } = statement[kind as keyof Statement] as {
    statements?: Statement[];
    statement?: Statement;
  };
  const parts = [...statements, ...(one ? [one] : [])].map(breadth);
  switch (kind) {
    case "byteMatchStatement":
      return ofBytes(statement.byteMatchStatement);
    case "notStatement":
      return parts[0] === "all" ? "none" : parts[0] === "none" ? "all" : undefined;
    case "andStatement":
      return combined(parts, "none", "all");
    case "orStatement":
      return combined(parts, "all", "none");
    case "rateBasedStatement":
    case "managedRuleGroupStatement":
    case "ruleGroupReferenceStatement":
      return undefined;
    default:
      return "some";
  }
}

/** @param decides what one part is enough for; every part has to be `otherwise` for that */
function combined(parts: readonly Breadth[], decides: Breadth, otherwise: Breadth): Breadth {
  if (parts.includes(decides)) return decides;
  // Whatever the others are, together they are about no more than this one.
  if (decides === "none" && parts.includes("some")) return "some";
  if (parts.includes(undefined)) return undefined;
  return parts.every((part) => part === otherwise) ? otherwise : "some";
}

/** Every path starts with a slash and contains one. */
function ofBytes(match: Statement["byteMatchStatement"]): Breadth {
  const whole = match?.fieldToMatch?.uriPath !== undefined && match.searchString === "/";
  return whole && ["STARTS_WITH", "CONTAINS"].includes(match.positionalConstraint) ? "all" : "some";
}

/** Why a managed rule group of AWS does not keep every attack that it knows from the site; nothing where it does. */
export function gapsOf(acl: WebAcl, group: string): readonly Found[] {
  const wanted = "asked about every request, and blocking";
  const uses = (acl.rules ?? []).filter(({ statement }) => {
    const use = statement.managedRuleGroupStatement;
    return use?.name === group && use.vendorName === "AWS";
  });
  if (uses.length === 0) return [{ observed: `${group} is not used`, wanted }];
  const gaps = uses.map((rule) => [...gapsOfUse(rule, group, wanted), ...letThroughBefore(acl, rule)]);
  // One use that does it is enough.
  return gaps.find((found) => found.length === 0) ?? gaps[0] ?? [];
}

function gapsOfUse(rule: AclRule, group: string, wanted: string): readonly Found[] {
  const use = rule.statement.managedRuleGroupStatement;
  const counts = only(rule.overrideAction) !== "none";
  const mixed = only(rule.statement) === undefined;
  const part = partOf(use?.scopeDownStatement as Statement | undefined, group, wanted);
  const weakened = (use?.ruleActionOverrides ?? []).filter(
    ({ name, actionToUse }) =>
      !stopping.some((action) => actionToUse?.[action] !== undefined) &&
      !(only(actionToUse) === "count" && (mayCount[group] ?? []).includes(name)),
  );
  return [
    ...(counts ? [{ observed: `${group} only counts`, wanted }] : []),
    ...(mixed ? [{ doubt: `${group} is mixed with other statements` }] : []),
    ...part,
    ...weakened.map(({ name }) => ({ observed: `${group} does not block by its rule ${name}`, wanted })),
    ...(use?.version === undefined
      ? []
      : [{ doubt: `${group} is held at a version, which AWS's later rules do not reach` }]),
  ];
}

function partOf(statement: Statement | undefined, what: string, wanted: string): readonly Found[] {
  const about = breadth(statement);
  if (about === "all") return [];
  return about === undefined
    ? [{ doubt: `${what} looks at requests by a scope-down statement that is not understood` }]
    : [{ observed: `${what} looks at a part of the requests alone`, wanted }];
}

/** Rules before this one that let requests through, which it then never sees. */
export function letThroughBefore(acl: WebAcl, rule: AclRule): readonly Found[] {
  return (acl.rules ?? [])
    .filter((other) => other !== rule && other.priority <= rule.priority)
    .flatMap((other): readonly Found[] => {
      const lets = letsThrough(other);
      if (lets === false) return [];
      return lets === undefined
        ? [{ doubt: `${other.name} comes before ${rule.name}, and may let requests through` }]
        : [{ observed: `${other.name} lets requests through before ${rule.name} sees them`, wanted: "none" }];
    });
}

/** Undefined for rules that are kept elsewhere, and so may do anything. */
function letsThrough({ action, statement }: AclRule): boolean | undefined {
  if (action?.allow !== undefined) return breadth(statement) !== "none";
  if (statement.ruleGroupReferenceStatement !== undefined) return undefined;
  const group = statement.managedRuleGroupStatement;
  if (group?.ruleActionOverrides?.some(({ actionToUse }) => actionToUse?.allow !== undefined)) return true;
  return group === undefined || group.vendorName === "AWS" ? false : undefined;
}

/** A limit on the requests of one address, wherever they go. */
export interface AddressLimit {
  readonly rule: AclRule;
  readonly per5Minutes: number;
}

/** Limits that a client cannot get around: by the address of its connection, on every path, and before any grant. */
export function addressLimits(acl: WebAcl): readonly AddressLimit[] {
  return (acl.rules ?? []).flatMap((rule) => {
    const limit = rule.statement.rateBasedStatement;
    const holds =
      limit !== undefined &&
      only(rule.statement) !== undefined &&
      rule.overrideAction === undefined &&
      stops(rule) &&
      byAddress(limit) &&
      breadth(limit.scopeDownStatement as Statement | undefined) === "all" &&
      letThroughBefore(acl, rule).length === 0;
    // AWS counts over five minutes where nothing else is said.
    return holds ? [{ rule, per5Minutes: (limit.limit * 300) / (limit.evaluationWindowSec ?? 300) }] : [];
  });
}

/** A forwarded address is whatever the client says; with another key beside the address there are many limits. */
function byAddress({ aggregateKeyType, customKeys = [] }: NonNullable<Statement["rateBasedStatement"]>) {
  if (aggregateKeyType === "IP") return true;
  return aggregateKeyType === "CUSTOM_KEYS" && customKeys.length === 1 && customKeys[0]?.ip !== undefined;
}

/** What keeps an ordinary customer out, or tells him that all is well: a block that is too broad, or looks answered. */
export function keptOut({ rules = [], defaultAction }: WebAcl): readonly Found[] {
  const byDefault =
    defaultAction?.allow === undefined || defaultAction.block !== undefined
      ? [{ observed: "requests that no rule is about are blocked", wanted: "allowed" }]
      : [];
  const byRule = rules
    .filter((rule) => stops(rule))
    .filter(({ statement }) => statement.rateBasedStatement === undefined)
    .flatMap(({ name, statement }): readonly Found[] => {
      const about = breadth(statement);
      if (about === "all") return [{ observed: `${name} blocks every request`, wanted: "attacks alone" }];
      return about === undefined ? [{ doubt: `${name} may block customers` }] : [];
    });
  const disguised = rules
    .map(({ name, action }) => ({ name, status: action?.block?.customResponse?.responseCode ?? 403 }))
    .filter(({ status }) => status < 400 || status > 599)
    .map(({ name, status }) => ({
      observed: `${name} answers what it blocks with ${status}`,
      wanted: "an error",
    }));
  return [...byDefault, ...byRule, ...disguised];
}
