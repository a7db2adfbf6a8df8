/** What a preview, which runs code that nobody has reviewed yet, may see. */
import { keyAlias, kmsKey } from "../../aws.ts";
import { bucket } from "../../declared/buckets.ts";
import { isOfEvidence, isOfPreviews } from "../../declared/deploy-access.ts";
import { rightsOf, role } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { type Ask, isDenied, mayAllow } from "../../effects/iam-decision.ts";
import type { Statement } from "../../effects/iam-statement.ts";
import type { Stack } from "../../resource.ts";
import type { Rule } from "../../rule.ts";

/** AWS's own policies that let read alone. */
const readingPolicies = /:aws:policy\/(job-function\/)?(ReadOnlyAccess|ViewOnlyAccess|SecurityAudit)$/;
/** The verbs that AWS gives to actions that change nothing (Service Authorization Reference, access levels). */
const reading = /^[\w-]+:(BatchGet|Describe|Get|Head|List|Lookup|Search|View)\w*\*?$/i;
/** Reads what is read by others. */
const decrypting = /^kms:(Decrypt|DescribeKey)$/i;
/** What ReadOnlyAccess lets read or start, of what customers entered and of passwords. */
const secrets = [
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:StartQuery",
  "rds-db:connect",
  "rds:DownloadCompleteDBLogFile",
  "rds:DownloadDBLogFilePortion",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
];

export const previewRules: readonly Rule[] = [
  eachRule({
    id: "preview-role-reads-alone",
    item: "CI-03",
    each: role,
    where: isOfPreviews,
    check: (r, stack) => {
      const { statements, foreign } = rightsOf(r, stack);
      const broad = foreign.filter((arn) => !readingPolicies.test(arn)).map((arn) => `${arn} gives it more`);
      const readable = secrets.filter((action) => !isDenied(statements, { action }));
      const blind = [
        ...(foreign.some((arn) => readingPolicies.test(arn)) ? [] : ["it can read nothing"]),
        ...evidenceAliases(stack)
          .filter((alias) => mayAllow(statements, decryptionBy(alias)).length === 0)
          .map(() => "it cannot read evidence"),
      ];
      return [
        ...[...broad, ...statements.flatMap(beyondReading)].map((observed) => ({
          observed,
          wanted: "it reads alone",
        })),
        ...[...readable.map((action) => `${action} is not denied`), ...filesInSight(statements, stack)].map(
          (observed) => ({ observed, wanted: "secrets denied" }),
        ),
        ...blind.map((observed) => ({ observed, wanted: "it reads" })),
        ...(mayAllow(statements, decryptionBy("alias/stranger")).length > 0
          ? [{ observed: "it may decrypt with any key", wanted: "with that of evidence alone" }]
          : []),
      ];
    },
  }),
];

/** How S3 asks for what it reads. */
function decryptionBy(alias: string): Ask {
  return { action: "kms:Decrypt", context: { "kms:resourcealiases": alias } };
}

/** The names of the keys that encrypt evidence. */
function evidenceAliases(stack: Stack): readonly string[] {
  return stack
    .ofType(kmsKey)
    .filter(isOfEvidence)
    .flatMap((key) => stack.attached(keyAlias, "targetKeyId", key).map(({ props }) => props.name ?? ""));
}

function beyondReading({ effect, actions }: Statement): readonly string[] {
  if (effect !== "Allow") return [];
  if (actions.not) return ["it allows anything but its exceptions"];
  return actions.of
    .filter((action) => !reading.test(action) && !decrypting.test(action))
    .map((action) => `it allows ${action}`);
}

/** The buckets, all but that of evidence, whose objects it may read. */
function filesInSight(statements: readonly Statement[], stack: Stack): readonly string[] {
  return stack
    .ofType(bucket)
    .filter((b) => !isOfEvidence(b))
    .filter(({ name, props }) => {
      const resource = `arn:aws:s3:::${props.bucket ?? `${name}*`}/*`;
      return !isDenied(statements, { action: "s3:GetObject", resource });
    })
    .map(({ name }) => `it may read the objects of ${name}`);
}
