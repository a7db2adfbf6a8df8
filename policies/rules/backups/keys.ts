/** Whether the keys outlive whoever wants the backups gone: a backup without its key is noise. */
import { databaseInstance, kmsKey } from "../../aws.ts";
import { isOfUpdates } from "../../declared/deploy-access.ts";
import { boundaryOf, role } from "../../declared/roles.ts";
import { compareArns } from "../../effects/arn.ts";
import { stranger } from "../../effects/iam-condition.ts";
import { isDenied, mayAllow } from "../../effects/iam-decision.ts";
import { later, readDocument, type Text } from "../../effects/iam-statement.ts";
import { sparedBy } from "../../effects/key-policy.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import { type Doubt, type Rule, stackRule, type Violation } from "../../rule.ts";
import { backupVault } from "./resources.ts";

/** What makes a key useless, and what would take these denials out of its policy. */
const destroying = ["kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:PutKeyPolicy"];
const mend =
  "deny kms:ScheduleKeyDeletion, kms:DisableKey and kms:PutKeyPolicy in its policy to all but the account's root user and one role for emergencies";
/** The account's root user, and one role for emergencies. */
const most = 2;

export const backupKeyRules: readonly Rule[] = [
  stackRule({
    id: "backups-keys-not-deleted",
    item: "BAK-05",
    tiers: ["production"],
    checkStack: (stack) => {
      const keys = new Set([
        ...stack.ofType(backupVault).flatMap((vault) => linked(vault as Resource, "kmsKeyArn", kmsKey)),
        // Copies of RDS within its region stay encrypted with the database's own.
        ...stack.ofType(databaseInstance).flatMap((db) => linked(db as Resource, "kmsKeyId", kmsKey)),
      ]);
      if (keys.size === 0) return { observed: "backups have no key of this stack", wanted: "a key of it" };
      return [...keys].flatMap((key) =>
        keptForEmergencies(key.props.policy, stack).map((found) => ({ resource: key as Resource, ...found })),
      );
    },
  }),
];

/** Who can destroy a key: one role for emergencies, out of the deployment's reach, and the root user. */
export function keptForEmergencies(policy: unknown, stack: Stack): readonly (Violation | Doubt)[] {
  const statements = readDocument(policy);
  return destroying.flatMap((action) => {
    const ask = { action, resource: "*", context: { "aws:principalarn": stranger("role") } };
    // Each denial by itself keeps out whom it does not spare: the narrowest counts.
    const [narrowest] = statements
      .filter((statement) => isDenied([statement], ask))
      .map((denial) => tooMany(sparedBy([denial]), action, stack))
      .sort((a, b) => a.length - b.length);
    const open = {
      observed: `any administrator has ${action}`,
      wanted: "awsAccount.breakGlassRole alone",
      mend,
    };
    return narrowest ?? [open];
  });
}

function tooMany(spared: readonly Text[], action: string, stack: Stack): readonly (Violation | Doubt)[] {
  const names = spared.filter((arn) => arn !== later);
  if (names.length < spared.length)
    return [{ doubt: `who has ${action} is only known during the deployment` }];
  const wide = names.length > most || names.some((arn) => /[*?]/.test(arn));
  return [
    ...(wide ? [{ observed: `${names.join(", ")} have ${action}`, wanted: "one role" }] : []),
    ...names
      .filter((arn) => isInReach(arn, stack))
      .map((arn) => ({
        observed: `the deployment can become ${arn}, which has ${action}`,
        wanted: "out of its reach",
      })),
  ];
}

/** A role that the deployment may change is the deployment's. */
function isInReach(arn: string, stack: Stack): boolean {
  const context = { "iam:permissionsboundary": null };
  return stack
    .ofType(role)
    .filter(isOfUpdates)
    .some(
      (deploy) =>
        compareArns(`arn:aws:iam::*:role/${deploy.name}*`, arn) === true ||
        mayAllow(boundaryOf(deploy) ?? [], { action: "iam:UpdateAssumeRolePolicy", resource: arn, context })
          .length > 0,
    );
}
