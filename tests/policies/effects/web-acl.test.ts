import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AclRule,
  addressLimits,
  breadth,
  gapsOf,
  keptOut,
  type WebAcl,
} from "../../../policies/effects/web-acl.ts";

const group = "AWSManagedRulesSQLiRuleSet";
const visibilityConfig = { cloudwatchMetricsEnabled: true, metricName: "m", sampledRequestsEnabled: true };
const rule = (priority: number, more: Partial<AclRule>): AclRule => ({
  name: `rule-${priority}`,
  priority,
  statement: {},
  visibilityConfig,
  ...more,
});
const use = (priority: number, more: object = {}, overrideAction: object = { none: {} }) =>
  rule(priority, {
    overrideAction,
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name: group, ...more } },
  });
const acl = (...rules: readonly AclRule[]): WebAcl => ({ rules: [...rules], defaultAction: { allow: {} } });
const path = (searchString: string, positionalConstraint = "STARTS_WITH") => ({
  byteMatchStatement: { fieldToMatch: { uriPath: {} }, positionalConstraint, searchString },
});
const addresses = { ipSetReferenceStatement: { arn: "arn:aws:wafv2:example" } };
const judged = (found: readonly object[]) =>
  found.length === 0 ? "holds" : found.every((f) => "doubt" in f) ? "doubt" : "gap";

describe("a managed rule group", () => {
  it.each([
    ["is asked about everything", acl(use(1)), "holds"],
    ["is not used", acl(), "gap"],
    ["of another vendor has its name", acl(use(1, { vendorName: "Example" })), "gap"],
    ["only counts", acl(use(1, {}, { count: {} })), "gap"],
    ["has no override, which AWS refuses", acl(use(1, {}, {})), "gap"],
    ["looks at one path", acl(use(1, { scopeDownStatement: path("/never") })), "gap"],
    ["looks at every path", acl(use(1, { scopeDownStatement: path("/") })), "holds"],
    ["looks at some countries", acl(use(1, { scopeDownStatement: { geoMatchStatement: {} } })), "gap"],
    [
      "leaves out one path",
      acl(use(1, { scopeDownStatement: { notStatement: { statement: path("/a") } } })),
      "doubt",
    ],
    [
      "leaves out everything",
      acl(use(1, { scopeDownStatement: { notStatement: { statement: path("/") } } })),
      "gap",
    ],
    [
      "counts by one of its rules",
      acl(use(1, { ruleActionOverrides: [{ name: "R", actionToUse: { count: {} } }] })),
      "gap",
    ],
    [
      "allows by one of its rules",
      acl(use(1, { ruleActionOverrides: [{ name: "R", actionToUse: { allow: {} } }] })),
      "gap",
    ],
    [
      "challenges by one of its rules",
      acl(use(1, { ruleActionOverrides: [{ name: "R", actionToUse: { challenge: {} } }] })),
      "holds",
    ],
    ["is held at a version", acl(use(1, { version: "Version_1.0" })), "doubt"],
    ["counts once and blocks once", acl(use(1, {}, { count: {} }), use(2)), "holds"],
    ["comes after a grant", acl(use(1), rule(0, { action: { allow: {} }, statement: addresses })), "gap"],
    ["comes before a grant", acl(use(1), rule(2, { action: { allow: {} }, statement: addresses })), "holds"],
    [
      "comes after a grant for nobody",
      acl(use(1), rule(0, { action: { allow: {} }, statement: { notStatement: { statement: path("/") } } })),
      "holds",
    ],
    [
      "comes after a group kept elsewhere",
      acl(use(1), rule(0, { statement: { ruleGroupReferenceStatement: { arn: "a" } } })),
      "doubt",
    ],
    ["comes after another vendor's", acl(use(1), use(0, { vendorName: "Example", name: "G" })), "doubt"],
    [
      "comes after a group that allows",
      acl(use(1), use(0, { name: "G", ruleActionOverrides: [{ name: "R", actionToUse: { allow: {} } }] })),
      "gap",
    ],
    ["comes after a count", acl(use(1), rule(0, { action: { count: {} }, statement: addresses })), "holds"],
  ])("%s", (_, subject, expected) => {
    expect(judged(gapsOf(subject, group))).toBe(expected);
  });

  it.each([
    ["SizeRestrictions_BODY", { count: {} }, "holds"],
    ["SizeRestrictions_BODY", { allow: {} }, "gap"],
    ["CrossSiteScripting_BODY", { count: {} }, "gap"],
  ])("of the common rules, %s may: %j: %s", (name, actionToUse, expected) => {
    const common = "AWSManagedRulesCommonRuleSet";
    const subject = acl(use(1, { name: common, ruleActionOverrides: [{ name, actionToUse }] }));
    expect(judged(gapsOf(subject, common))).toBe(expected);
  });
});

describe("how much a statement is about", () => {
  it.each([
    [undefined, "all"],
    [path("/", "CONTAINS"), "all"],
    [path("/", "EXACTLY"), "some"],
    [{ orStatement: { statements: [path("/a"), path("/")] } }, "all"],
    [{ andStatement: { statements: [path("/a"), path("/")] } }, "some"],
    [{ andStatement: { statements: [path("/"), path("/")] } }, "all"],
    [{ notStatement: { statement: path("/a") } }, undefined],
    [{ andStatement: { statements: [path("/a"), { notStatement: { statement: path("/b") } }] } }, "some"],
    [{ orStatement: { statements: [path("/a"), { notStatement: { statement: path("/b") } }] } }, undefined],
    [{ andStatement: { statements: [{ notStatement: { statement: path("/") } }, path("/a")] } }, "none"],
    [{}, undefined],
  ])("%j: %s", (statement, expected) => {
    expect(breadth(statement)).toBe(expected);
  });
});

describe("a limit on one address", () => {
  const limit = (more: object = {}, action: object = { block: {} }) =>
    rule(1, { action, statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: 1_000, ...more } } });

  it.each([
    ["over five minutes by default", acl(limit()), [1_000]],
    ["over a minute", acl(limit({ evaluationWindowSec: 60 })), [5_000]],
    [
      "by a key that is the address",
      acl(limit({ aggregateKeyType: "CUSTOM_KEYS", customKeys: [{ ip: {} }] })),
      [1_000],
    ],
    ["that only counts", acl(limit({}, { count: {} })), []],
    ["that the client names", acl(limit({ aggregateKeyType: "FORWARDED_IP" })), []],
    [
      "and path",
      acl(limit({ aggregateKeyType: "CUSTOM_KEYS", customKeys: [{ ip: {} }, { uriPath: {} }] })),
      [],
    ],
    ["on one path", acl(limit({ scopeDownStatement: path("/login") })), []],
    ["behind a grant", acl(rule(0, { action: { allow: {} }, statement: addresses }), limit()), []],
  ])("%s", (_, subject, expected) => {
    expect(addressLimits(subject).map(({ per5Minutes }) => per5Minutes)).toEqual(expected);
  });

  it("is the same for every window of the same rate", () => {
    fc.assert(
      fc.property(fc.constantFrom(60, 120, 300, 600), fc.integer({ min: 1, max: 1_000 }), (seconds, rate) => {
        const [found] = addressLimits(acl(limit({ evaluationWindowSec: seconds, limit: rate * seconds })));
        expect(found?.per5Minutes).toBe(rate * 300);
      }),
    );
  });
});

describe("customers", () => {
  const block = (statement: AclRule["statement"], customResponse?: { responseCode: number }) =>
    acl(rule(1, { action: { block: customResponse ? { customResponse } : {} }, statement }));

  it.each([
    ["get in", acl(use(1)), "holds"],
    ["are blocked by default", { rules: [], defaultAction: { block: {} } }, "gap"],
    ["are all blocked", block(path("/")), "gap"],
    ["of some addresses are blocked", block(addresses), "holds"],
    ["but of some addresses are blocked", block({ notStatement: { statement: addresses } }), "doubt"],
    ["are told that all is well", block(addresses, { responseCode: 200 }), "gap"],
    ["are told that they are too many", block(addresses, { responseCode: 429 }), "holds"],
  ])("%s", (_, subject, expected) => {
    expect(judged(keptOut(subject))).toBe(expected);
  });
});
