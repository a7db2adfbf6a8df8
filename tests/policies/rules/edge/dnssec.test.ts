import { describe, expect, it } from "vitest";
import { accessRules } from "../../../../policies/rules/access.ts";
import { dnssecRules } from "../../../../policies/rules/edge/dnssec.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { unknown } from "../../support/stack.ts";

type Props = Readonly<Record<string, unknown>>;

const service = { Service: "dnssec-route53.amazonaws.com" };
const grant = {
  Effect: "Allow",
  Principal: service,
  Action: "kms:CreateGrant",
  Resource: "*",
  Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
};
const signs = {
  Effect: "Allow",
  Principal: service,
  Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
  Resource: "*",
  Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
};
const keyWith = (change: Props = {}, ...Statement: readonly Props[]) =>
  resource("aws:kms/key:Key", "key", {
    region: "us-east-1",
    customerMasterKeySpec: "ECC_NIST_P256",
    keyUsage: "SIGN_VERIFY",
    deletionWindowInDays: 30,
    policy: JSON.stringify({ Statement }),
    ...change,
  });
const good = keyWith({}, signs, grant);

/** A zone, the switch of its signing, and its key. */
function zone(key = good, signer: Props = {}, signing: Props = {}) {
  const own = resource("aws:route53/zone:Zone", "zone", { name: "example.com" });
  return [
    own,
    key,
    resource("aws:route53/keySigningKey:KeySigningKey", "signer", signer, {
      hostedZoneId: [own],
      keyManagementServiceArn: [key],
    }),
    resource("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", "signing", signing, { hostedZoneId: [own] }),
  ];
}

describe("a zone", () => {
  const rule = "edge-zone-signed";

  it.each([
    ["is signed", zone(), "pass"],
    ["is said to be signed", zone(good, { status: "ACTIVE" }, { signingStatus: "SIGNING" }), "pass"],
    ["is not signed any more", zone(good, {}, { signingStatus: "NOT_SIGNING" }), "fail"],
    ["has a key that is switched off", zone(good, { status: "INACTIVE" }), "fail"],
    ["is never signed", zone().slice(0, 1), "fail"],
    ["has a key of another region", zone(keyWith({ region: "eu-central-1" }, signs, grant)), "fail"],
    ["has a key that encrypts", zone(keyWith({ customerMasterKeySpec: undefined }, signs, grant)), "fail"],
    ["has a key that is closed to Route 53", zone(keyWith({}, grant)), "fail"],
    ["may be signed", zone(good, {}, { signingStatus: unknown }), "unknown"],
    ["is not declared", [good], "fail"],
  ])("%s", (_, resources, expected) => {
    expect(judge(dnssecRules, rule, resources).outcome).toBe(expected);
  });
});

it("a key may sign where a zone is signed with it, and nowhere else", () => {
  const own = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::123456789012:root" },
    Action: "kms:*",
    Resource: "*",
  };
  const key = keyWith({}, own, signs, grant);
  expect(judge(accessRules, "encryption-keys-last", zone(key)).outcome).toBe("pass");
  expect(judge(accessRules, "encryption-keys-last", [key]).outcome).toBe("fail");
});

it("a grant that names no account is taken of Route 53, for AWS's services alone", () => {
  const admits = (...statements: readonly Props[]) =>
    judge(accessRules, "resources-admit-nobody-from-outside", [keyWith({}, signs, ...statements)]).outcome;
  expect(admits(grant)).toBe("pass");
  expect(admits({ ...grant, Condition: {} })).toBe("fail");
  expect(admits({ ...grant, Action: ["kms:CreateGrant", "kms:Sign"] })).toBe("fail");
  expect(admits({ ...grant, Principal: { Service: "rds.amazonaws.com" } })).toBe("fail");
});
