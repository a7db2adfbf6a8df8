/** Whether encryption keys last, and change. */
import type * as aws from "@pulumi/aws";
import { kmsKey, ownKey } from "../../aws.ts";
import { isAllowed } from "../../effects/iam-decision.ts";
import { admitted } from "../../effects/iam-principal.ts";
import { readDocument } from "../../effects/iam-statement.ts";
import { all, atLeast, equals } from "../../expect.ts";
import { type Resource, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";

const keyAlias = resourceType<aws.kms.AliasArgs>("aws:kms/alias:Alias");

/** Days in which a deletion can be taken back; KMS offers 7 to 30, and 30 where nothing is said. */
const leastWindow = 14;

export const keyRules: readonly Rule[] = [
  // Security Hub, KMS.4; CIS AWS Foundations v5, 3.6.
  resourceRule({
    id: "encryption-keys-rotate",
    item: "KEY-01",
    type: kmsKey,
    check: ({ props }) => [
      ...all(equals(props, "enableKeyRotation", true)),
      ...((props.rotationPeriodInDays ?? 365) <= 366
        ? []
        : [{ observed: `rotationPeriodInDays is ${props.rotationPeriodInDays}`, wanted: "a year or less" }]),
    ],
  }),
  resourceRule({
    id: "encryption-keys-last",
    item: "KEY-02",
    type: kmsKey,
    check: ({ props }) => {
      const { isEnabled = true, bypassPolicyLockoutSafetyCheck = false } = props;
      const { customerMasterKeySpec = "SYMMETRIC_DEFAULT", keyUsage = "ENCRYPT_DECRYPT" } = props;
      // What is kept outside KMS is lost outside it.
      const outside = [props.customKeyStoreId, props.xksKeyId].filter((id) => id !== undefined);
      return all(
        atLeast(props, "deletionWindowInDays", leastWindow, "days"),
        equals({ isEnabled }, "isEnabled", true),
        equals({ bypassPolicyLockoutSafetyCheck }, "bypassPolicyLockoutSafetyCheck", false),
        equals({ customerMasterKeySpec }, "customerMasterKeySpec", "SYMMETRIC_DEFAULT"),
        equals({ keyUsage }, "keyUsage", "ENCRYPT_DECRYPT"),
        outside.map(() => ({ observed: "it is kept in a key store outside KMS", wanted: "in KMS" })),
        isManageable(props.policy)
          ? undefined
          : { observed: "its policy locks the account out", wanted: "kms:* for it" },
      );
    },
  }),
  resourceRule({
    id: "encryption-key-aliases-own",
    item: "KEY-02",
    type: keyAlias,
    check: (alias) => ownKey(alias as Resource, "targetKeyId"),
  }),
];

/** KMS Developer Guide, "Default key policy": a key whose policy names nobody who may change it is lost. */
function isManageable(policy: unknown): boolean {
  const statements = readDocument(policy);
  return (
    policy === undefined ||
    statements.some(
      (statement) =>
        isAllowed([statement], { action: "kms:*", resource: "*" }) &&
        admitted(statement).some(({ who }) => who === "accounts" || who === "reference"),
    )
  );
}
