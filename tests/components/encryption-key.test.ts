import { expect, it } from "vitest";
import { EncryptionKey, type EncryptionKeyArgs } from "../../components/encryption-key.ts";
import { declare, only, statementsOf, tags } from "./support/declare.ts";

const declared = async (change: Partial<EncryptionKeyArgs>) =>
  only(
    await declare(
      () => new EncryptionKey("key", { description: "Data", tier: "production", tags, ...change }),
    ),
    "Key",
  );
const denials = (key: Awaited<ReturnType<typeof declared>>) =>
  statementsOf(key["policy"]).filter(({ Effect }) => Effect === "Deny");

it("is kept, in production, for one role and the root user", async () => {
  const key = await declared({ breakGlassRole: "admins/break-glass" });
  const [root, keeper] = [
    "arn:aws:iam::123456789012:root",
    "arn:aws:iam::123456789012:role/admins/break-glass",
  ];
  expect(denials(key)).toMatchObject([
    {
      Action: ["kms:DisableKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
      Condition: { ArnNotEquals: { "aws:PrincipalArn": [root, keeper] } },
    },
  ]);
  // KMS refuses who is not there only where they are a principal.
  expect(statementsOf(key["policy"])).toContainEqual(
    expect.objectContaining({ Effect: "Allow", Principal: { AWS: keeper } }),
  );
  expect(key["bypassPolicyLockoutSafetyCheck"]).toBe(true);
});

it("signs zones with a key that does not rotate", async () => {
  const key = await declared({ signsZones: true });
  expect(key).toMatchObject({ customerMasterKeySpec: "ECC_NIST_P256", keyUsage: "SIGN_VERIFY" });
  expect(key["enableKeyRotation"]).toBeUndefined();
  expect(JSON.stringify(key["policy"])).toContain("dnssec-route53.amazonaws.com");
  expect((await declared({}))["enableKeyRotation"]).toBe(true);
});

it.each<[string, Partial<EncryptionKeyArgs>]>([
  ["in staging", { tier: "staging", breakGlassRole: "break-glass" }],
  ["without such a role", {}],
])("is every administrator's %s", async (_, change) => {
  const key = await declared(change);
  expect(denials(key)).toEqual([]);
  expect(key["bypassPolicyLockoutSafetyCheck"]).toBeUndefined();
});
