import { type Change, drop, type Mutation, on, set } from "./mutation.ts";
import { unlink } from "./unlink.ts";

const rule = "edge-zone-signed";
const key = { type: "aws:kms/key:Key", name: /-signing$/ };
const signer = "aws:route53/keySigningKey:KeySigningKey";

/** Without the statement of this Sid. */
function without(sid: string): Change {
  return (r) => {
    const policy = JSON.parse(String(r.props["policy"])) as { Statement: readonly { Sid: string }[] };
    const Statement = policy.Statement.filter(({ Sid }) => Sid !== sid);
    return set("policy", JSON.stringify({ ...policy, Statement }))(r);
  };
}

export const edgeDnssecMutations: readonly Mutation[] = [
  { rule, title: "the zone is not signed", change: drop("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec") },
  {
    rule,
    title: "signing is switched off",
    change: on("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", set("signingStatus", "NOT_SIGNING")),
  },
  { rule, title: "the key that signs is switched off", change: on(signer, set("status", "INACTIVE")) },
  {
    rule,
    also: ["encryption-keys-last"],
    title: "another stack's key signs",
    change: on(signer, unlink("keyManagementServiceArn")),
  },
  { rule, title: "Route 53 may not sign with the key", change: on(key, without("SignsZones")) },
  {
    rule,
    title: "the key is of a kind that signs no zone",
    change: on(key, set("customerMasterKeySpec", "RSA_2048")),
  },
  {
    rule: "encryption-keys-last",
    title: "a key that signs, where one encrypts",
    change: on({ type: "aws:kms/key:Key", name: /-cache$/ }, set("keyUsage", "SIGN_VERIFY")),
  },
];
