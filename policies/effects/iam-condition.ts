/** Whether conditions hold: IAM User Guide, "IAM JSON policy elements: Condition operators". */

import { compareArns } from "./arn.ts";
import { type Condition, later, type Text } from "./iam-statement.ts";

/** By condition key in small letters what a request tells; `null` where it tells nothing. A missing key may be either. */
export type RequestContext = Readonly<Record<string, string | null>>;

/** Somebody or something of another account: whom no exception may cover. Nothing that a stack makes is one. */
export function stranger(kind: "role" | "policy"): string {
  return `arn:aws:iam::000000000001:${kind}/stranger`;
}

/** Whether a text names somebody or something that no stack knows: no value that it will get later is that. */
export function isStranger(text: string): boolean {
  return text.endsWith("stranger");
}

/** Whether all conditions hold; undefined where that depends on more than is told. */
export function holds(conditions: readonly Condition[], context: RequestContext): boolean | undefined {
  const answers = conditions.map((condition) => matches(condition, context));
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function matches(condition: Condition, context: RequestContext): boolean | undefined {
  const { operator, key, values, set, ifExists } = condition;
  const told = context[key];
  if (told === undefined) return undefined;
  if (operator === "null") return values.includes(String(told === null));
  const negated = operator.includes("not");
  // A key that is not there meets whatever asks what it is not, and `ForAllValues` of no value.
  if (told === null) return negated || ifExists || set === "forallvalues";
  const found = values.map((value) => isSame(operator.replace("not", ""), value, told));
  const answer = found.includes(true) ? true : found.includes(undefined) ? undefined : false;
  return answer === undefined ? undefined : answer !== negated;
}

function isSame(operator: string, value: Text, told: string): boolean | undefined {
  if (value === later) return isStranger(told) ? false : undefined;
  switch (operator) {
    case "stringequals":
      return value === told;
    case "stringequalsignorecase":
    case "bool":
      return value.toLowerCase() === told.toLowerCase();
    case "stringlike":
    case "arnlike":
    case "arnequals":
      return compareArns(value, told) === true;
    case "numericequals":
      return Number(told) === Number(value);
    case "numericlessthan":
      return Number(told) < Number(value);
    case "numericlessthanequals":
      return Number(told) <= Number(value);
    case "numericgreaterthan":
      return Number(told) > Number(value);
    case "numericgreaterthanequals":
      return Number(told) >= Number(value);
    default:
      return undefined;
  }
}

/**
 * The values that a request must have of some keys: only what is demanded, not what is left out, and not what holds as
 * well where the key is missing.
 */
export function demanded(
  conditions: readonly Condition[],
  keys: Pick<RegExp, "test">,
): readonly (readonly Text[])[] {
  return conditions
    .filter(
      ({ operator, key, set, ifExists }) =>
        /^(string(equals|equalsignorecase|like)|arn(equals|like))$/.test(operator) &&
        set !== "forallvalues" &&
        !ifExists &&
        keys.test(key),
    )
    .map(({ values }) => values);
}
