/** Whom resources let in by policies of their own. */
import { type Admitted, admitted } from "../../effects/iam-principal.ts";
import { readDocument, type Statement } from "../../effects/iam-statement.ts";
import type { Resource, Stack } from "../../resource.ts";
import { type Doubt, type Rule, stackRule, type Violation } from "../../rule.ts";

/** By type the property with its policy. */
export const policies: Readonly<Record<string, string>> = {
  "aws:backup/vaultPolicy:VaultPolicy": "policy",
  "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy": "deliveryDestinationPolicy",
  "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": "accessPolicy",
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyDocument",
  "aws:kms/key:Key": "policy",
  "aws:kms/keyPolicy:KeyPolicy": "policy",
  "aws:s3/bucket:Bucket": "policy",
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:secretsmanager/secret:Secret": "policy",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
  "aws:sns/topic:Topic": "policy",
  "aws:sns/topicPolicy:TopicPolicy": "policy",
  "aws:sqs/queue:Queue": "policy",
  "aws:sqs/queuePolicy:QueuePolicy": "policy",
};

/**
 * What services ask for without saying for whom: an own documentation's policies name no account there, and a grant for
 * AWS's services alone opens nothing to anybody else. Route 53 Developer Guide, "Working with customer managed keys for
 * DNSSEC".
 */
const grantsForNobody: readonly string[] = ["dnssec-route53.amazonaws.com"];

export const admissionRules: readonly Rule[] = [
  stackRule({
    id: "resources-admit-nobody-from-outside",
    item: "ACC-03",
    existing: (stack) => {
      const all = admissions(stack);
      if (all.length === 0) return none;
      return all
        .filter(({ whom: { who }, statement }) => who === "everybody" && statement.conditions.length === 0)
        .map(({ resource }) => ({
          resource,
          observed: "its policy lets everybody in",
          wanted: "those who need it",
          mend: "name principals in its policy, or a condition such as aws:SourceArn or aws:SourceAccount",
        }));
    },
    checkStack: (stack) => {
      const all = admissions(stack);
      if (all.length === 0) return none;
      const home = homeOf(all.map(({ whom }) => whom));
      return all.flatMap(({ resource, whom, statement }) =>
        [...judge(whom, home), ...lordOver(whom, statement)].map((found) => ({ resource, ...found })),
      );
    },
  }),
];

const none: Violation = { observed: "no policy of a resource is declared", wanted: "declared" };

interface Admission {
  readonly resource: Resource;
  readonly whom: Admitted;
  readonly statement: Statement;
}

function admissions(stack: Stack): readonly Admission[] {
  return stack.resources.flatMap((resource) => {
    const property = policies[resource.type];
    if (property === undefined) return [];
    return readDocument(resource.props[property])
      .filter(({ effect }) => effect === "Allow")
      .flatMap((statement) => admitted(statement).map((whom) => ({ resource, whom, statement })))
      .filter((admission) => !isGrantForNobody(admission));
  });
}

function isGrantForNobody({ whom, statement: { actions, conditions } }: Admission): boolean {
  return (
    whom.who === "service-for-anybody" &&
    grantsForNobody.includes(whom.name) &&
    !actions.not &&
    actions.of.every((action) => action === "kms:CreateGrant") &&
    conditions.some(
      ({ operator, key, values }) =>
        operator === "bool" && key === "kms:grantisforawsresource" && values.every((v) => v === "true"),
    )
  );
}

/** The stack's account: that which its policies name most. */
function homeOf(all: readonly Admitted[]): string | undefined {
  const named = Map.groupBy(all.flatMap(accountsOf), (account) => account);
  return [...named].sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

/** A service needs a few actions; with all of them it could hand the resource on. */
function lordOver(whom: Admitted, { actions: { not, of } }: Statement): readonly Violation[] {
  return whom.who === "service" && (not || of.some((action) => /^(\*|[\w-]+:\*+)$/.test(action)))
    ? [{ observed: `its policy lets ${whom.name} do everything with it`, wanted: "what its work takes" }]
    : [];
}

function accountsOf(whom: Admitted): readonly string[] {
  return "accounts" in whom ? whom.accounts : [];
}

function judge(whom: Admitted, home: string | undefined): readonly (Violation | Doubt)[] {
  switch (whom.who) {
    case "reference":
      return [];
    case "service":
    case "accounts":
      return whom.accounts
        .filter((account) => account !== home)
        .map((account) => ({ doubt: `its policy lets in account ${account}, which the others do not name` }));
    case "service-for-anybody":
      return [
        {
          observed: `its policy lets ${whom.name} in for anybody`,
          wanted: "for this account (aws:SourceAccount)",
        },
      ];
    case "everybody":
      return [{ observed: "its policy lets everybody in", wanted: "principals of this account" }];
    case "federated":
    case "unclear":
      return [{ doubt: "its policy lets in whom nobody has looked at" }];
  }
}
