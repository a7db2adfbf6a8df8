/**
 * Whether denials refuse somebody what he has to do (IAM User Guide, "Policy evaluation logic"): a denial comes before
 * whatever allows.
 */
import type { RequestContext } from "./iam-condition.ts";
import { type Ask, applies } from "./iam-decision.ts";
import { admitted } from "./iam-principal.ts";
import type { Principal, Statement } from "./iam-statement.ts";

/** A service of AWS by its name, such as `backup.amazonaws.com`; or the account's own roles and people. */
export type Asker = { readonly service: string } | "account";

/** Whether it is refused whatever else a request tells; undefined where that depends on it. */
export function isRefused(
  statements: readonly Statement[],
  asker: Asker,
  { context, ...ask }: Ask,
): boolean | undefined {
  const full = { ...contextOf(asker, homeOf(statements)), ...context };
  const answers = statements
    .filter(({ effect }) => effect === "Deny")
    .map((denial) => all([isAbout(denial, asker), applies(denial, { ...ask, context: full })]));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function all(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function isAbout({ principals }: Statement, asker: Asker): boolean | undefined {
  // A policy of a role's has no principals: it is about the role.
  if (principals === undefined) return true;
  const answers = principals.of.map((principal) => isAmong(principal, asker));
  const answer = answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  return answer === undefined ? undefined : answer !== principals.not;
}

function isAmong({ kind, name }: Principal, asker: Asker): boolean | undefined {
  if (kind === "AWS" && name === "*") return true;
  if (asker !== "account") return kind === "Service" && name === asker.service;
  if (kind !== "AWS") return false;
  // A whole account; what is denied to one of its roles alone may be denied to whoever needs it.
  return /^(arn:aws[\w-]*:iam::)?\d{12}(:root)?$/.test(String(name)) ? true : undefined;
}

/** The account that a policy lets in. */
function homeOf(statements: readonly Statement[]): string | undefined {
  return statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(admitted)
    .flatMap((whom) => ("accounts" in whom ? whom.accounts : []))[0];
}

/** What any request tells of who asks, and of how he does: by TLS, and signed with the current version. */
function contextOf(asker: Asker, home: string | undefined): RequestContext {
  const always = {
    "aws:securetransport": "true",
    "s3:tlsversion": "1.3",
    "s3:signatureversion": "AWS4-HMAC-SHA256",
    "kms:grantisforawsresource": "true",
    // Roles and services have no second factor.
    "aws:multifactorauthpresent": null,
  };
  const own = home === undefined ? {} : { "aws:principalaccount": home, "kms:calleraccount": home };
  return asker === "account"
    ? { ...always, ...own, "aws:principalisawsservice": "false" }
    : {
        ...always,
        "aws:principalisawsservice": "true",
        "aws:principalarn": null,
        ...(home !== undefined && { "aws:sourceaccount": home }),
      };
}
