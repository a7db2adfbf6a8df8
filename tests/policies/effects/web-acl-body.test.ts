import { describe, expect, it } from "vitest";
import type { AclRule, WebAcl } from "../../../policies/effects/web-acl.ts";
import { stopsBody } from "../../../policies/effects/web-acl-body.ts";

const label = "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body";
const rule = (priority: number, more: object) => ({ name: `rule-${priority}`, priority, ...more }) as AclRule;
const common = (priority: number, actionToUse?: object, overrideAction: object = { none: {} }) =>
  rule(priority, {
    overrideAction,
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: "AWSManagedRulesCommonRuleSet",
        ...(actionToUse && { ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse }] }),
      },
    },
  });
const block = (priority: number, statement: object, action: object = { block: {} }) =>
  rule(priority, { action, statement });
const labelled = (key = label, scope = "LABEL") => ({ labelMatchStatement: { scope, key } });
const told = (regexString: string, name = "content-length", type = "NONE") => ({
  regexMatchStatement: {
    regexString,
    fieldToMatch: { singleHeader: { name } },
    textTransformations: [{ priority: 0, type }],
  },
});
const not = (statement: object) => ({ notStatement: { statement } });
const and = (...statements: object[]) => ({ andStatement: { statements } });
const or = (...statements: object[]) => ({ orStatement: { statements } });
const onPath = { byteMatchStatement: { fieldToMatch: { uriPath: {} }, searchString: "/upload" } };
const limited = block(0, { rateBasedStatement: { limit: 100 } });

const stops = (rules: readonly AclRule[], bytes = 10_000, length: string | undefined = String(bytes)) =>
  stopsBody({ rules } as WebAcl, { bytes, told: length });

describe("a body of 10 KB is stopped", () => {
  it.each<[string, readonly AclRule[], boolean | undefined]>([
    ["by nothing", [], false],
    ["by AWS's rule", [common(1)], true],
    ["by AWS's rule, which a captcha takes the place of", [common(1, { captcha: {} })], true],
    ["not by AWS's rule that counts", [common(1, { count: {} })], false],
    ["not by AWS's group that counts", [common(1, undefined, { count: {} })], false],
    ["by its label", [common(1, { count: {} }), block(2, labelled())], true],
    ["not by a label that is yet to come", [common(2, { count: {} }), block(1, labelled())], false],
    ["not by another label", [common(1, { count: {} }), block(2, labelled("other"))], false],
    [
      "perhaps, by a name space",
      [common(1, { count: {} }), block(2, labelled("awswaf:", "NAMESPACE"))],
      undefined,
    ],
    [
      "not where its label is counted",
      [common(1, { count: {} }), block(2, labelled(), { count: {} })],
      false,
    ],
    [
      "not within a length",
      [common(1, { count: {} }), block(2, and(labelled(), not(told("^[0-9]{1,6}$"))))],
      false,
    ],
    [
      "beyond a length",
      [common(1, { count: {} }), block(2, and(labelled(), not(told("^[0-9]{1,4}$"))))],
      true,
    ],
    ["by one of two", [block(1, or(told("^1"), onPath))], true],
    ["perhaps, by one of two", [block(1, or(told("^2"), onPath))], undefined],
    ["perhaps, on a path", [block(1, onPath)], undefined],
    ["perhaps, by a length that is rewritten", [block(1, told("^1", "content-length", "MD5"))], undefined],
    ["perhaps, by another header", [block(1, told("^1", "content-type"))], undefined],
    ["not by a limit on many requests", [limited], false],
    ["not by a country", [block(1, { geoMatchStatement: { countryCodes: ["AQ"] } })], false],
  ])("%s", (_, rules, expected) => {
    expect(stops(rules)).toBe(expected);
  });

  it("also where it does not say how long it is", () => {
    const rules = [common(1, { count: {} }), block(2, and(labelled(), not(told("^[0-9]{1,6}$"))))];
    expect(stopsBody({ rules, defaultAction: { allow: {} } }, { bytes: 10_000, told: undefined })).toBe(true);
    expect(stopsBody({ rules, defaultAction: { allow: {} } }, { bytes: 1_000, told: undefined })).toBe(false);
  });
});
