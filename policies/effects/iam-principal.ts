/** Whom a resource's policy, or a role's trust, lets in: IAM User Guide, "AWS JSON policy elements: Principal". */
import { demanded } from "./iam-condition.ts";
import { later, type Principal, type Statement, type Text } from "./iam-statement.ts";

export type Admitted =
  /** Anybody with an AWS account, or without one. */
  | { readonly who: "everybody" }
  /** A service of AWS on behalf of any of its customers: IAM User Guide, "The confused deputy problem". */
  | { readonly who: "service-for-anybody"; readonly name: string }
  | { readonly who: "service"; readonly name: string; readonly accounts: readonly string[] }
  /** Principals of these accounts. */
  | { readonly who: "accounts"; readonly accounts: readonly string[] }
  /** Those whom an identity provider vouches for. */
  | { readonly who: "federated"; readonly provider: Text }
  /** What a resource of this stack will be: the policy takes its output. */
  | { readonly who: "reference" }
  | { readonly who: "unclear"; readonly name: string };

/** Global condition keys that tell whose request it is, or on whose behalf a service asks. */
const accountKeys = /^(aws:(source|principal)account|aws:sourceowner|kms:calleraccount)$/;
const arnKeys = /^(aws:(source|principal)arn|kms:encryptioncontext:aws:.*arn|lambda:eventsourcearn)$/;
const organizationKeys = /^aws:(source|principal)org(id|paths)$/;
const networkKeys = /^aws:sourcevpce?$/;

/** Whom a statement that allows something lets in. */
export function admitted({ principals, conditions }: Statement): readonly Admitted[] {
  const confinement = confine(conditions);
  if (principals === undefined || principals.not) return [confinement ?? { who: "everybody" }];
  return principals.of.map((principal) => admit(principal, confinement));
}

type Confinement = Extract<Admitted, { readonly who: "accounts" }>;

function admit({ kind, name }: Principal, confinement: Confinement | undefined): Admitted {
  if (kind === "Federated") return { who: "federated", provider: name };
  if (name === later) return { who: "reference" };
  if (name === "*") return confinement ?? { who: "everybody" };
  if (kind === "Service") {
    return confinement
      ? { who: "service", name, accounts: confinement.accounts }
      : { who: "service-for-anybody", name };
  }
  const account = kind === "AWS" ? accountOf(name) : undefined;
  return account === undefined ? { who: "unclear", name } : { who: "accounts", accounts: [account] };
}

/** What conditions narrow a statement to, of whatever principals: accounts, where known, or places within them. */
function confine(conditions: Statement["conditions"]): Confinement | undefined {
  const candidates = [
    ...demanded(conditions, accountKeys).map((values) =>
      values.map((v) => (v === later || isAccount(v) ? v : undefined)),
    ),
    ...demanded(conditions, arnKeys).map((values) => values.map(ownerOf)),
    ...demanded(conditions, organizationKeys).map((values) => values.map(startingWith("o-"))),
    ...demanded(conditions, networkKeys).map((values) => values.map(startingWith("vpc"))),
  ];
  const narrow = candidates.find((values) => values.length > 0 && !values.includes(undefined));
  return narrow && { who: "accounts", accounts: narrow.filter(isAccount) };
}

/** The account of an ARN; for one that has none, or is not known yet, the ARN; nothing where it is anybody's. */
function ownerOf(arn: Text): Text | undefined {
  if (arn === later) return later;
  const [, , service = "*", , account = "*", ...rest] = arn.split(":");
  if (isAccount(account)) return account;
  // Names of buckets are nobody else's; their ARNs tell no account.
  return service === "s3" && account === "" && /^[^*?/]+/.test(rest.join(":")) ? arn : undefined;
}

function startingWith(start: string): (value: Text) => Text | undefined {
  return (value) => (value === later || value.startsWith(start) ? value : undefined);
}

function isAccount(value: Text | undefined): value is string {
  return typeof value === "string" && /^\d{12}$/.test(value);
}

function accountOf(principal: string): string | undefined {
  return isAccount(principal) ? principal : /^arn:aws[\w-]*:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1];
}
