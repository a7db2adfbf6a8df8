/** Whether answers about the domain can be told from made up ones. */
import { kmsKey, type ResourceOf, regionOf } from "../../aws.ts";
import { cloudflareRecord, cloudflareSigning, keySigningKey, zone, zoneSigning } from "../../declared/dns.ts";
import { eachRule } from "../../each-rule.ts";
import { mayAllow } from "../../effects/iam-decision.ts";
import { readDocument } from "../../effects/iam-statement.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import { type Result, type Rule, stackRule, type Violation } from "../../rule.ts";

/** Route 53 Developer Guide, "Working with customer managed keys for DNSSEC". */
const signer = "dnssec-route53.amazonaws.com";
const signing = ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign", "kms:CreateGrant"];

export const dnssecRules: readonly Rule[] = [
  eachRule({
    id: "edge-zone-signed",
    item: "EDGE-18",
    tiers: ["production"],
    needs: { dns: ["route53"] },
    each: zone,
    check: (own, stack) => {
      if (own.read) return signedByItsOwner(own as Resource, stack);
      const switches = stack
        .attached(zoneSigning, "hostedZoneId", own)
        .filter(({ props }) => (props.signingStatus ?? "SIGNING") === "SIGNING");
      const keys = stack
        .attached(keySigningKey, "hostedZoneId", own)
        .filter(({ props }) => (props.status ?? "ACTIVE") === "ACTIVE")
        .flatMap((key) => linked(key as Resource, "keyManagementServiceArn", kmsKey));
      return [
        ...(switches.length > 0 ? [] : [{ observed: "its answers are not signed", wanted: "signed" }]),
        ...(keys.length > 0 ? [] : [{ observed: "it has no key of this stack to sign with", wanted: "one" }]),
        ...keys.flatMap((key) => unable(key).map((found) => ({ resource: key as Resource, ...found }))),
      ];
    },
  }),
  stackRule({
    id: "edge-zone-signed-by-cloudflare",
    item: "EDGE-18",
    tiers: ["production"],
    needs: { dns: ["cloudflare"] },
    checkStack: (stack) => {
      const zones = new Set(stack.ofType(cloudflareRecord).map(({ props }) => props.zoneId));
      if (zones.size === 0) return { observed: "no record is declared", wanted: "declared" };
      return [...zones]
        .filter(
          (zoneId) =>
            !stack.ofType(cloudflareSigning).some(
              // Signatures that another vendor made are none of Cloudflare's to keep fresh.
              ({ props }) =>
                props.zoneId === zoneId && props.status === "active" && props.dnssecPresigned !== true,
            ),
        )
        .map((zoneId) => ({
          observed: `the answers of the zone ${zoneId} are not signed by Cloudflare`,
          wanted: "a ZoneDnssec whose status is active",
        }));
    },
  }),
];

/**
 * Of a zone that another program made Route 53 tells whether it signs, which it does with an active key alone; whose key
 * that is it does not tell.
 */
function signedByItsOwner(own: Resource, stack: Stack): Result {
  const [signing] = stack.attached(zoneSigning, "hostedZoneId", own);
  if (!signing) return { doubt: "nobody has read whether its answers are signed" };
  const { signingStatus } = signing.props;
  return signingStatus === "SIGNING"
    ? undefined
    : {
        observed: `its answers are not signed (signingStatus is ${signingStatus ?? "not set"})`,
        wanted: "SIGNING",
        mend: "have whoever keeps it switch DNSSEC signing on, and hand its DS record to the parent zone",
      };
}

/** Why a key cannot sign for Route 53. */
function unable(key: ResourceOf<typeof kmsKey>): readonly Violation[] {
  const { customerMasterKeySpec = "SYMMETRIC_DEFAULT", policy } = key.props;
  const region = regionOf(key as Resource);
  const statements = readDocument(policy).filter(
    ({ effect, principals }) => effect === "Deny" || principals?.of.some(({ name }) => name === signer),
  );
  return [
    ...(customerMasterKeySpec === "ECC_NIST_P256"
      ? []
      : [{ observed: `it is of ${customerMasterKeySpec}`, wanted: "ECC_NIST_P256" }]),
    ...(region === "us-east-1" ? [] : [{ observed: `it is in ${region}`, wanted: "in us-east-1" }]),
    ...signing
      .filter((action) => mayAllow(statements, { action, resource: "*" }).length === 0)
      .map((action) => ({ observed: `${signer} may not ${action}`, wanted: "allowed" })),
  ];
}
