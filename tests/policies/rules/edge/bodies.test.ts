import { expect, it } from "vitest";
import { bodyRules } from "../../../../policies/rules/edge/bodies.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { unknown } from "../../support/stack.ts";

const common = (count: boolean) => ({
  name: "common",
  priority: 1,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: "AWS",
      name: "AWSManagedRulesCommonRuleSet",
      ruleActionOverrides: count ? [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }] : [],
    },
  },
});
const label = {
  labelMatchStatement: { scope: "LABEL", key: "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body" },
};
const upTo = (digits: number) => ({
  notStatement: {
    statement: {
      regexMatchStatement: {
        regexString: `^[0-9]{1,${digits}}$`,
        fieldToMatch: { singleHeader: { name: "Content-Length" } },
        textTransformations: [{ priority: 0, type: "NONE" }],
      },
    },
  },
});
const limit = (...statements: readonly object[]) => ({
  name: "limit",
  priority: 2,
  action: { block: {} },
  statement: { andStatement: { statements } },
});
const onPath = { byteMatchStatement: { fieldToMatch: { uriPath: {} }, searchString: "/a" } };

it.each([
  ["beyond 8 KB are blocked", [common(false)], "fail", "pass"],
  ["of any size are let in", [common(true)], "pass", "fail"],
  ["up to 9,999,999 bytes are let in", [common(true), limit(label, upTo(7))], "pass", "fail"],
  ["up to 999,999 bytes are let in", [common(true), limit(label, upTo(6))], "fail", "pass"],
  ["beyond 8 KB are blocked on a path", [common(true), limit(label, onPath)], "unknown", "unknown"],
  ["are not known yet", unknown, "unknown", "unknown"],
])("bodies %s", (_, rules, letIn, limited) => {
  const acl = resource("aws:wafv2/webAcl:WebAcl", "acl", { rules, defaultAction: { allow: {} } });
  expect(judge(bodyRules, "edge-uploads-let-in", [acl]).outcome).toBe(letIn);
  expect(judge(bodyRules, "edge-bodies-limited", [acl]).outcome).toBe(limited);
});

it("bodies are blocked where everything is", () => {
  const acl = resource("aws:wafv2/webAcl:WebAcl", "acl", { rules: [], defaultAction: { block: {} } });
  expect(judge(bodyRules, "edge-uploads-let-in", [acl]).outcome).toBe("fail");
});
