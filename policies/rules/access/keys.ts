/** Whether encryption keys last, and change. */
import { isVendors, kmsKey, logGroup, regionOf } from "../../aws.ts";
import { keySigningKey } from "../../declared/dns.ts";
import { eachRule } from "../../each-rule.ts";
import { isAllowed, isDenied, mayAllow } from "../../effects/iam-decision.ts";
import { admitted } from "../../effects/iam-principal.ts";
import { readDocument } from "../../effects/iam-statement.ts";
import { leavesAdministration } from "../../effects/key-policy.ts";
import { all, atLeast, atMost, equals } from "../../expect.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";

/** Days in which a deletion can be taken back; KMS offers 7 to 30, and 30 where nothing is said. */
const leastWindow = 14;

export const keyRules: readonly Rule[] = [
  // Security Hub, KMS.4; CIS AWS Foundations v5, 3.6.
  resourceRule({
    id: "encryption-keys-rotate",
    item: "KEY-01",
    existing: ({ props }) =>
      (props.keyUsage ?? "ENCRYPT_DECRYPT") === "ENCRYPT_DECRYPT" &&
      (props.customerMasterKeySpec ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT"
        ? all(equals(props, "enableKeyRotation", true))
        : undefined,
    type: kmsKey,
    // KMS rotates none that signs; that it may sign is for `encryption-keys-last`.
    where: ({ props }) => props.keyUsage !== "SIGN_VERIFY",
    check: ({ props }) => [
      ...all(equals(props, "enableKeyRotation", true)),
      ...((props.rotationPeriodInDays ?? 365) <= 366
        ? []
        : [{ observed: `rotationPeriodInDays is ${props.rotationPeriodInDays}`, wanted: "a year or less" }]),
    ],
  }),
  eachRule({
    id: "encryption-keys-last",
    item: "KEY-02",
    each: kmsKey,
    check: (key, stack) => {
      const { props } = key;
      // `edge-zone-signed` asks whether it signs as DNS does.
      const signs = stack.attached(keySigningKey, "keyManagementServiceArn", key).length > 0;
      const { isEnabled = true, bypassPolicyLockoutSafetyCheck = false } = props;
      const { customerMasterKeySpec = "SYMMETRIC_DEFAULT", keyUsage = "ENCRYPT_DECRYPT" } = props;
      // What is kept outside KMS is lost outside it.
      const outside = [props.customKeyStoreId, props.xksKeyId].filter((id) => id !== undefined);
      // Whoever deletes another program's key says then for how long that can be taken back.
      const window = key.read
        ? []
        : all(
            atLeast(props, "deletionWindowInDays", leastWindow, "days"),
            atMost(props, "deletionWindowInDays", 30, "days"),
          );
      return all(
        window,
        equals({ isEnabled }, "isEnabled", true),
        // KMS refuses a policy that keeps out whoever writes it, though others are left who can mend it.
        bypassPolicyLockoutSafetyCheck && !leavesAdministration(readDocument(props.policy), true)
          ? { observed: "bypassPolicyLockoutSafetyCheck is true", wanted: "false" }
          : undefined,
        signs ? undefined : equals({ customerMasterKeySpec }, "customerMasterKeySpec", "SYMMETRIC_DEFAULT"),
        equals({ keyUsage }, "keyUsage", signs ? "SIGN_VERIFY" : "ENCRYPT_DECRYPT"),
        outside.map(() => ({ observed: "it is kept in a key store outside KMS", wanted: "in KMS" })),
        isVendors(key) || isManageable(props.policy)
          ? undefined
          : { observed: "its policy locks the account out", wanted: "kms:* for it" },
      );
    },
  }),
  eachRule({
    id: "encryption-keys-open-to-logs",
    item: "KEY-02",
    each: logGroup,
    absentWith: {
      network: ["none", "static-ips"],
      database: ["existing-rds", "external"],
      cache: ["none"],
      edge: ["vercel"],
    },
    check: (group) =>
      linked(group as Resource, "kmsKeyId", kmsKey)
        .filter(
          ({ props }) =>
            !opensToLogs(props.policy, arnOfLogs(group as Resource), regionOf(group as Resource)),
        )
        .map((key) => ({
          resource: key as Resource,
          observed: "CloudWatch Logs may not use it",
          wanted: "allowed",
        })),
  }),
];

/** A pattern of the ARN of a log group, whose name the engine makes where none is given. */
function arnOfLogs(group: Resource): string {
  const name = group.props["name"] || `${group.name}-*`;
  return `arn:aws:logs:${regionOf(group) ?? "*"}:*:log-group:${String(name)}`;
}

/** Whether CloudWatch Logs may write what a key encrypts: its own documentation, "Encrypt log data using KMS". */
function opensToLogs(policy: unknown, arn: string, region: string | undefined): boolean {
  const statements = readDocument(policy);
  const context = { "kms:encryptioncontext:aws:logs:arn": arn };
  return ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"].every(
    (action) =>
      !isDenied(statements, { action, resource: "*" }) &&
      statements.some(
        (s) =>
          mayAllow([s], { action, resource: "*", context }).length > 0 &&
          admitted(s).some((whom) => "name" in whom && isLogsOf(String(whom.name), region)),
      ),
  );
}

/** The service of one region writes there alone. */
function isLogsOf(service: string, region: string | undefined): boolean {
  const [, of] = /^logs\.(?:([\w-]+)\.)?amazonaws\.com$/.exec(service) ?? [undefined, null];
  return of === undefined || (of !== null && (region === undefined || of === region));
}

/** KMS Developer Guide, "Default key policy": a key whose policy names nobody who may change it is lost. */
function isManageable(policy: unknown): boolean {
  const statements = readDocument(policy);
  return (
    policy === undefined ||
    (leavesAdministration(statements) &&
      statements.some(
        (statement) =>
          isAllowed([statement], { action: "kms:*", resource: "*" }) &&
          admitted(statement).some(({ who }) => who === "accounts" || who === "reference"),
      ))
  );
}
