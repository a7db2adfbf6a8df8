/** What a preview, which runs code that nobody has reviewed yet, may see. */
import { keyAlias, kmsKey } from "../../aws.ts";
import { bucket, encryption } from "../../declared/buckets.ts";
import { isOfEvidence, isOfPreviews } from "../../declared/deploy-access.ts";
import { rightsOf, role } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { type Ask, mayAllow } from "../../effects/iam-decision.ts";
import { isRefused } from "../../effects/iam-refusal.ts";
import type { Statement } from "../../effects/iam-statement.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import type { Rule, Violation } from "../../rule.ts";
import { secretActions } from "./actions.ts";
import { objectsOf, secretsInSight } from "./secrets.ts";

/** AWS's own policies that let read alone. */
const readingPolicies = /:aws:policy\/(job-function\/)?(ReadOnlyAccess|ViewOnlyAccess|SecurityAudit)$/;
/** The verbs that AWS gives to actions that change nothing (Service Authorization Reference, access levels). */
const reading = /^[\w-]+:(BatchGet|Describe|Get|Head|List|Lookup|Search|View)\w*\*?$/i;
/** Reads what is read by others. */
const decrypting = /^kms:(Decrypt|DescribeKey)$/i;
export const previewRules: readonly Rule[] = [
  eachRule({
    id: "preview-role-reads-alone",
    item: "CI-03",
    each: role,
    where: isOfPreviews,
    check: (r, stack) => {
      const { statements, foreign } = rightsOf(r, stack);
      const broad = foreign.filter((arn) => !readingPolicies.test(arn)).map((arn) => `${arn} gives it more`);
      const blind = foreign.some((arn) => readingPolicies.test(arn)) ? [] : ["it can read nothing"];
      return [
        ...[...broad, ...statements.flatMap(beyondReading)].map((observed) => ({
          observed,
          wanted: "it reads alone",
        })),
        ...secretsInSight({ statements, foreign }, stack, secretActions),
        ...blind.map((observed) => ({ observed, wanted: "it reads" })),
        ...decryption(statements, stack),
      ];
    },
  }),
];

/** How S3 asks for what it reads; a key may have no alias. */
function decryptionBy(alias: string | null): Ask {
  return { action: "kms:Decrypt", context: { "kms:resourcealiases": alias } };
}

/** What it may not decrypt of evidence, and may of anything else: it goes by the aliases of keys. */
function decryption(statements: readonly Statement[], stack: Stack): readonly Violation[] {
  const may = (alias: string | null) => mayAllow(statements, decryptionBy(alias)).length > 0;
  const keys = stack
    .ofType(encryption)
    .filter((config) => linked(config as Resource, "bucket", bucket).some(isOfEvidence))
    .flatMap((config) => linked(config as Resource, "rules", kmsKey));
  const others = stack
    .ofType(keyAlias)
    .filter((alias) => !linked(alias as Resource, "targetKeyId", kmsKey).some((key) => keys.includes(key)));
  const hidden = stack
    .ofType(bucket)
    .filter(isOfEvidence)
    .map(objectsOf)
    .filter((resource) => isRefused(statements, "account", { action: "s3:GetObject", resource }) !== false);
  return [
    ...hidden.map(() => ({ observed: "it may read no evidence", wanted: "it reads" })),
    ...keys
      .filter(
        (key) => !stack.attached(keyAlias, "targetKeyId", key).some(({ props }) => may(props.name ?? "")),
      )
      .map(() => ({ observed: "it cannot read evidence", wanted: "it reads" })),
    ...(others.some(({ props }) => may(props.name ?? "")) || may("alias/stranger") || may(null)
      ? [{ observed: "it may decrypt with any key", wanted: "with that of evidence alone" }]
      : []),
  ];
}

function beyondReading({ effect, actions }: Statement): readonly string[] {
  if (effect !== "Allow") return [];
  if (actions.not) return ["it allows anything but its exceptions"];
  return actions.of
    .filter((action) => !reading.test(action) && !decrypting.test(action))
    .map((action) => `it allows ${action}`);
}
