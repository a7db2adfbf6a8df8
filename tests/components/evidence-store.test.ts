import { beforeAll, expect, it } from "vitest";
import { secretsOutOfSight } from "../../components/deploy-access/permissions.ts";
import { EvidenceStore } from "../../components/evidence-store.ts";
import { type Declared, declare, inputsOf, only, tags } from "./support/declare.ts";

const args = {
  product: "portal",
  sources: [
    { service: "portal", repository: "example/portal", branch: "main" },
    { service: "platform", repository: "example/portal-readiness", branch: "release" },
  ],
  gitHub: "arn:github",
  permissionsBoundary: "arn:boundary",
  tier: "production",
  tags,
} as const;
let declared: readonly Declared[];
beforeAll(async () => {
  declared = await declare(() => new EvidenceStore("portal-evidence", args));
});
const statementsIn = (document: unknown) => (document as { Statement: Record<string, unknown>[] }).Statement;

it("locks what is handed in for a year, keeps it a little longer, and lets a person mend a leak", () => {
  expect(only(declared, "Bucket")).toMatchObject({ objectLockEnabled: true, forceDestroy: false });
  expect(only(declared, "BucketObjectLockConfiguration")).toMatchObject({
    rule: { defaultRetention: { mode: "GOVERNANCE", days: 365 } },
  });
  expect(only(declared, "BucketLifecycleConfiguration")).toMatchObject({
    rules: [{ expiration: { days: 400 } }],
  });
});

it("encrypts it with a key of its own", () => {
  expect(only(declared, "BucketServerSideEncryptionConfiguration")).toMatchObject({
    rules: [
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: "aws:kms",
          kmsMasterKeyId: "arn:Key:portal-evidence",
        },
      },
    ],
  });
});

it("is not among the buckets that previews must not read", () => {
  const bucket = declared.find(({ type }) => type === "Bucket")?.name;
  const hidden = secretsOutOfSight("portal").flatMap(({ Resource }) => Resource);
  expect(hidden).toContain("arn:aws:s3:::portal-*/*");
  expect(bucket).toBe("evidence-portal");
});

it("gives each source a role that CI of its branch alone can take on", () => {
  const subjects = inputsOf(declared, "Role").map(
    ({ assumeRolePolicy }) => statementsIn(assumeRolePolicy)[0]?.["Condition"],
  );
  const from = (subject: string) => ({
    StringEquals: {
      "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
      "token.actions.githubusercontent.com:sub": subject,
    },
  });
  expect(subjects).toEqual([
    from("repo:example/portal:ref:refs/heads/main"),
    from("repo:example/portal-readiness:ref:refs/heads/release"),
  ]);
});

it("lets each role add to the evidence of its own service, and nothing else", () => {
  const granted = inputsOf(declared, "RolePolicy").map(({ policy }) => statementsIn(policy));
  const [adding, encrypting] = granted[0] ?? [];
  expect(adding).toEqual({
    Effect: "Allow",
    Action: "s3:PutObject",
    Resource: "arn:Bucket:evidence-portal/evidence/portal/*",
  });
  expect(encrypting).toMatchObject({ Resource: "arn:Key:portal-evidence" });
  expect(granted[1]?.[0]).toMatchObject({ Resource: "arn:Bucket:evidence-portal/evidence/platform/*" });
});

it("takes evidence from nobody else, and lets nobody hide anything", () => {
  expect(statementsIn(only(declared, "BucketPolicy")["policy"]).slice(1)).toMatchObject([
    {
      Effect: "Deny",
      Action: "s3:PutObject",
      Resource: "arn:Bucket:evidence-portal/evidence/*",
      Condition: {
        ArnNotEquals: {
          "aws:PrincipalArn": ["arn:Role:portal-evidence-portal", "arn:Role:portal-evidence-platform"],
        },
      },
    },
    { Effect: "Deny", Principal: "*", Action: "s3:DeleteObject", Resource: "arn:Bucket:evidence-portal/*" },
  ]);
});
