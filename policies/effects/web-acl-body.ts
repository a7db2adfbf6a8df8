/**
 * What a web ACL makes of a request by its body's size alone (WAF developer guide, "Baseline rule groups", "Labels on
 * web requests"). A managed group says by a label what it found, also where it only counts.
 */
import type { AclRule, WebAcl } from "./web-acl.ts";

type Statement = AclRule["statement"];

/** A request with nothing bad in it. */
export interface Sent {
  readonly bytes: number;
  /** What its Content-Length says; a client may send a body without. */
  readonly told: string | undefined;
}

const common = "AWSManagedRulesCommonRuleSet";

/** The rule of the common set that looks at nothing but a body's size, and what it finds too large. */
const large = {
  rule: "SizeRestrictions_BODY",
  label: "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body",
  over: 8_192,
};

/** Undefined where a rule is not understood that may stop it. */
export function stopsBody({ rules = [] }: WebAcl, sent: Sent): boolean | undefined {
  const labels = new Set<string>();
  let doubtful = false;
  for (const rule of rules.toSorted((a, b) => a.priority - b.priority)) {
    const group = rule.statement.managedRuleGroupStatement;
    if (group?.name === common && group.vendorName === "AWS" && sent.bytes > large.over) {
      labels.add(large.label);
      const own = group.ruleActionOverrides?.find(({ name }) => name === large.rule)?.actionToUse;
      if (rule.overrideAction?.none !== undefined && own?.count === undefined && own?.allow === undefined)
        return true;
    }
    if (rule.action?.block === undefined) continue;
    const found = isAbout(rule.statement, sent, labels);
    if (found === true) return true;
    doubtful ||= found === undefined;
  }
  return doubtful ? undefined : false;
}

/** Undefined where that hangs on more than the size; such a statement is about bad requests where it says nothing of it. */
function isAbout(statement: Statement, sent: Sent, labels: ReadonlySet<string>): boolean | undefined {
  const { labelMatchStatement: label, regexMatchStatement: regex, notStatement: not } = statement;
  if (label) return label.scope === "LABEL" ? labels.has(label.key) : undefined;
  if (not?.statement) {
    const answer = isAbout(not.statement as Statement, sent, labels);
    return answer === undefined ? undefined : !answer;
  }
  if (statement.andStatement) return every(statement.andStatement.statements as Statement[], sent, labels);
  if (statement.orStatement) {
    const answers = (statement.orStatement.statements as Statement[]).map((s) => isAbout(s, sent, labels));
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  }
  if (regex?.fieldToMatch?.singleHeader?.name.toLowerCase() === "content-length") {
    // Digits stay what they are in every order; what does more to them is not understood.
    const plain = (regex.textTransformations ?? []).every(
      ({ type, priority }) => type === "NONE" && priority >= 0,
    );
    return plain ? sent.told !== undefined && new RegExp(regex.regexString).test(sent.told) : undefined;
  }
  return isOfOtherThings(statement) ? false : undefined;
}

function every(parts: readonly Statement[], sent: Sent, labels: ReadonlySet<string>): boolean | undefined {
  const answers = parts.map((part) => isAbout(part, sent, labels));
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** A limit, addresses and countries: one ordinary request is within. */
function isOfOtherThings(statement: Statement): boolean {
  return (
    statement.rateBasedStatement !== undefined ||
    statement.ipSetReferenceStatement !== undefined ||
    statement.geoMatchStatement !== undefined ||
    statement.asnMatchStatement !== undefined
  );
}
