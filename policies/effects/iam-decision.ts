/**
 * What policy documents decide: some statement allows it and none denies it (IAM User Guide, "Policy evaluation
 * logic"). Actions are compared as patterns, so that no list of all of AWS's actions is needed.
 */

import { compare, compareArns } from "./arn.ts";
import { holds, isStranger, type RequestContext } from "./iam-condition.ts";
import { type Among, later, type Statement, type Text } from "./iam-statement.ts";

export interface Ask {
  /** Such as `iam:CreateRole`; `rds:*` asks for everything of a service. */
  readonly action: string;
  /** An ARN, or a pattern of them; everything where absent. */
  readonly resource?: string;
  readonly context?: RequestContext;
  /**
   * Takes what is only known during the deployment for the resource that is asked about: of a policy whose text takes
   * that resource's outputs.
   */
  readonly trusting?: true;
}

/** Whether it is allowed for certain, whatever else a request tells. */
export function isAllowed(statements: readonly Statement[], ask: Ask): boolean {
  return (
    statements.some((s) => s.effect === "Allow" && applies(s, ask) === true) &&
    !statements.some((s) => s.effect === "Deny" && applies(s, ask) !== false)
  );
}

/** Whether it is denied for certain, all of it and to everybody. */
export function isDenied(statements: readonly Statement[], ask: Ask): boolean {
  return statements.some((s) => s.effect === "Deny" && isForEverybody(s) && applies(s, ask) === true);
}

/** The statements that may allow it or a part of it; none where it is denied for certain. */
export function mayAllow(statements: readonly Statement[], ask: Ask): readonly Statement[] {
  if (isDenied(statements, ask)) return [];
  return statements.filter((s) => s.effect === "Allow" && applies(s, ask) !== false);
}

/** Whether a statement is about all that is asked; undefined where it is about a part, or that depends on more. */
export function applies(statement: Statement, ask: Ask): boolean | undefined {
  const { action, trusting } = ask;
  const resource = ask.resource ?? everythingOf(action);
  const asked = action.toLowerCase();
  const toActions = within(statement.actions, (text) => compare(text.toLowerCase(), asked));
  // Most statements are about other actions.
  if (toActions === false) return false;
  const answers = [
    toActions,
    within(
      statement.resources,
      (text) => compareArns(text, resource),
      trusting ?? (isStranger(resource) ? false : undefined),
    ),
    holds(statement.conditions, ask.context ?? {}),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** Resources of the action's own service; roles are taken on by STS. */
function everythingOf(action: string): string {
  const [service = "*"] = action.split(":");
  return `arn:*:${service === "sts" ? "iam" : service}:*:*:*`;
}

/** Whether a denial spares nobody. A policy of a role's has no principals: it is about the role. */
function isForEverybody({ principals }: Statement): boolean {
  return (
    principals === undefined ||
    (!principals.not && principals.of.some(({ kind, name }) => kind === "AWS" && name === "*"))
  );
}

/** Whether what is asked is among what a statement lists; undefined where a part of it is. */
function within(
  { not, of }: Among<Text>,
  compareWith: (text: string) => boolean | undefined,
  hope?: boolean,
): boolean | undefined {
  const answers = of.map((text) => (text === later ? hope : compareWith(text)));
  const answer = answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  return answer === undefined ? undefined : answer !== not;
}
