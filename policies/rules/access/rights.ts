/** What roles may do. */
import { isOfGitHub } from "../../declared/deploy-access.ts";
import {
  attachment,
  type Role,
  rightsOf,
  role,
  rolePolicy,
  servicesOf,
  sharedAttachment,
} from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import type { RequestContext } from "../../effects/iam-condition.ts";
import { mayAllow } from "../../effects/iam-decision.ts";
import type { Statement } from "../../effects/iam-statement.ts";
import { covers } from "../../effects/wildcard.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Doubt, type Rule, stackRule, type Violation } from "../../rule.ts";
import { onStrangers, workOf } from "./service-work.ts";

/** AWS's own policies that are made for one service, by that service. */
const madeFor: Readonly<Record<string, readonly string[]>> = {
  "backup.amazonaws.com": [
    "service-role/AWSBackupServiceRolePolicyForBackup",
    "service-role/AWSBackupServiceRolePolicyForRestores",
  ],
  "monitoring.rds.amazonaws.com": ["service-role/AmazonRDSEnhancedMonitoringRole"],
};
/** Those that allow whatever a service, or all of AWS, can do. */
const broad = /^(?=.*(?:Administrator|PowerUser|FullAccess$)).*Access$/;

/** What narrows them is missing, or is nothing of the stack's: on whose behalf a key is used, or its alias. */
const plainly: readonly RequestContext[] = [
  {
    "kms:grantisforawsresource": null,
    "kms:viaservice": null,
    "kms:resourcealiases": null,
    "iam:permissionsboundary": null,
  },
  {
    "kms:grantisforawsresource": "false",
    "kms:viaservice": "stranger.region.amazonaws.com",
    "kms:resourcealiases": "alias/stranger",
    "iam:permissionsboundary": null,
  },
];

export const rightsRules: readonly Rule[] = [
  eachRule({
    id: "roles-rights-narrow",
    item: "ACC-02",
    existing: (r, stack) => {
      const { statements, foreign } = rightsOf(r, stack);
      if (isOfGitHub(r)) return undefined;
      const whole = statements.filter(({ resources: { not, of } }) => not || of.includes("*"));
      const broadest = foreign.filter((arn) => broad.test(arn.split(":policy/")[1] ?? ""));
      return [
        ...broadest.flatMap((arn) => judge(arn, r)),
        ...whole.flatMap(wholeServices).map((observed) => ({
          observed: `${observed} on anything`,
          wanted: "what its work takes",
          mend: "name the actions and the resources in its policy, in the place of *",
        })),
      ];
    },
    each: role,
    // Those of CI are judged by the rules of the deployment.
    where: (r) => !isOfGitHub(r),
    // What AWS's services do here is of network and database.
    absentWith: [
      { network: ["none"], database: ["external"] },
      { cache: ["existing"], database: ["external"] },
    ],
    check: (r, stack) => {
      const { statements, foreign } = rightsOf(r, stack);
      const anywhere = Object.entries(onStrangers)
        .filter(([action, resource]) =>
          plainly.some((context) => mayAllow(statements, { action, resource, context }).length > 0),
        )
        .map(([action]) => `it allows ${action} on anything`);
      return [
        ...foreign.flatMap((arn) => judge(arn, r)),
        ...beyondWork(statements, r),
        ...[...statements.flatMap(wholeServices), ...anywhere].map((observed) => ({
          observed,
          wanted: "what its work takes",
        })),
      ];
    },
  }),
  stackRule({
    id: "roles-rights-of-this-stack",
    item: "ACC-02",
    checkStack: (stack) => {
      const given = [
        ...stack.ofType(rolePolicy).map((r) => ({ resource: r as Resource, property: "role" })),
        ...stack.ofType(attachment).map((r) => ({ resource: r as Resource, property: "role" })),
        ...stack.ofType(sharedAttachment).map((r) => ({ resource: r as Resource, property: "roles" })),
      ];
      if (given.length === 0) return { observed: "no role is given any rights", wanted: "given" };
      return given
        .filter(({ resource, property }) => linked(resource, property, role).length === 0)
        .map(({ resource }) => ({ resource, doubt: "it gives rights to what this stack does not declare" }));
    },
  }),
];

function judge(arn: string, r: Role): readonly (Violation | Doubt)[] {
  const name = /^arn:aws[\w-]*:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (name && isMadeFor(name, r)) return [];
  return name && broad.test(name)
    ? [
        {
          observed: `${name} is attached to it`,
          wanted: "what its work takes",
          mend: `detach ${name}, and allow what its work takes`,
        },
      ]
    : [{ doubt: `nobody has looked at what ${name ?? "a policy of another stack"} allows it` }];
}

function isMadeFor(name: string, r: Role): boolean {
  return servicesOf(r).some((service) => madeFor[service]?.includes(name));
}

/** What a service whose work is known needs no role for. */
function beyondWork(statements: readonly Statement[], r: Role): readonly Doubt[] {
  const work = servicesOf(r).map((service) => workOf[service]);
  if (work.length === 0 || work.includes(undefined)) return [];
  const needed = work.flatMap((actions) => actions ?? []).map((action) => action.toLowerCase());
  return statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap(({ actions }) => (actions.not ? [] : actions.of))
    .filter((action) => !needed.some((pattern) => covers(pattern, action.toLowerCase())))
    .map((action) => ({ doubt: `nobody has looked at what it does with ${action}` }));
}

function wholeServices({ effect, actions }: Statement): readonly string[] {
  if (effect !== "Allow") return [];
  if (actions.not) return ["it allows anything but its exceptions"];
  return actions.of
    .filter((action) => /^(\*|[\w-]+:\*+)$/.test(action))
    .map((action) => `it allows ${action}`);
}
