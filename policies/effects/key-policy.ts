/** Who is left to look after a key (KMS Developer Guide, "Key policies"). */
import { isRefused } from "./iam-refusal.ts";
import type { Statement, Text } from "./iam-statement.ts";

const mend = { action: "kms:PutKeyPolicy", resource: "*" } as const;
/** The user that an account always has. */
const rootUser = /^arn:aws[\w-]*:iam::\d{12}:root$/;

/** Whom denials of an action spare by name. */
export function sparedBy(denials: readonly Statement[]): readonly Text[] {
  return denials.flatMap(({ conditions }) =>
    conditions
      .filter(({ key, operator }) => key === "aws:principalarn" && operator.includes("not"))
      .flatMap(({ values }) => values),
  );
}

/**
 * Whether denials leave somebody who can change the policy again: the account's own, or one whom they spare.
 * @param always only counts who cannot be deleted
 */
export function leavesAdministration(statements: readonly Statement[], always = false): boolean {
  if (isRefused(statements, "account", mend) === false) return true;
  return sparedBy(statements.filter(({ effect }) => effect === "Deny")).some(
    (arn) =>
      typeof arn === "string" &&
      (!always || rootUser.test(arn)) &&
      isRefused(statements, "account", { ...mend, context: { "aws:principalarn": arn } }) === false,
  );
}
