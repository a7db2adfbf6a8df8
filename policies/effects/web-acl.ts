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

/** How much of the world's requests a statement is about; undefined where that is not understood here. */
type Breadth = "all" | "some" | "none" | undefined;

/** @param statement such as a scope-down statement */
export function breadth(statement: Statement | undefined): Breadth {
  if (statement === undefined) return "all";
  const [kind, ...more] = Object.entries(statement).filter(([, value]) => value !== undefined);
  if (kind === undefined || more.length > 0) return undefined;
  const { statements = [], statement: one } = kind[1] as { statements?: Statement[]; statement?: Statement };
  const parts = [...statements, ...(one ? [one] : [])].map(breadth);
  switch (kind[0]) {
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
  const counts = rule.overrideAction?.none === undefined || rule.overrideAction.count !== undefined;
  const part = partOf(use?.scopeDownStatement as Statement | undefined, group, wanted);
  const weakened = (use?.ruleActionOverrides ?? []).filter(
    ({ actionToUse }) => !stopping.some((action) => actionToUse?.[action] !== undefined),
  );
  return [
    ...(counts ? [{ observed: `${group} only counts`, wanted }] : []),
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
      stopping.some((action) => rule.action?.[action] !== undefined) &&
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
    .filter(({ action }) => stopping.some((kind) => action?.[kind] !== undefined))
    .filter(({ statement }) => statement.rateBasedStatement === undefined)
    .flatMap(({ name, statement }): readonly Found[] => {
      const about = breadth(statement);
      if (about === "all") return [{ observed: `${name} blocks every request`, wanted: "attacks alone" }];
      return about === undefined ? [{ doubt: `${name} may block customers` }] : [];
    });
  const disguised = rules
    .map(({ name, action }) => ({ name, status: action?.block?.customResponse?.responseCode ?? 403 }))
    .filter(({ status }) => status < 400)
    .map(({ name, status }) => ({
      observed: `${name} answers what it blocks with ${status}`,
      wanted: "≥ 400",
    }));
  return [...byDefault, ...byRule, ...disguised];
}
