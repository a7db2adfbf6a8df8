import { describe, expect, it } from "vitest";
import { applicationRules } from "../../../policies/rules/application.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "../support/linked.ts";
import { judge } from "../support/outcome.ts";
import { unknown } from "../support/stack.ts";

type Props = Readonly<Record<string, unknown>>;

const outcome = (id: string, resources: readonly Registration[], stack = "prod") =>
  judge(applicationRules, id, resources, stack).outcome;

const project = (props: Props = {}) => resource("vercel:index/project:Project", "portal", props);
const portal = project();

describe("the role of a service", () => {
  const vercel = resource("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "vercel", {
    url: "https://oidc.vercel.com/example",
  });
  const role = (condition: Props, provider = vercel) =>
    resource(
      "aws:iam/role:Role",
      "portal",
      {
        assumeRolePolicy: {
          Statement: [{ Effect: "Allow", Principal: { Federated: unknown }, Condition: condition }],
        },
      },
      { assumeRolePolicy: [provider] },
    );
  const subject = (sub: unknown, operator = "StringEquals") => [
    vercel,
    role({ [operator]: { "oidc.vercel.com/example:sub": sub } }),
  ];

  it.each([
    ["one project's production", subject("owner:example:project:portal:environment:production"), "pass"],
    ["its previews", subject("owner:example:project:portal:environment:preview"), "fail"],
    ["every project", subject("owner:example:project:*:environment:production"), "fail"],
    [
      "any of two",
      subject([
        "owner:example:project:portal:environment:production",
        "owner:example:project:portal:environment:preview",
      ]),
      "fail",
    ],
    [
      "one or none",
      subject("owner:example:project:portal:environment:production", "StringEqualsIfExists"),
      "fail",
    ],
    ["everybody", [vercel, role({})], "fail"],
    ["no role", [vercel], "fail"],
    ["what is not known yet", subject(unknown), "unknown"],
  ])("is for %s", (_, resources, expected) => {
    expect(outcome("app-role-for-production-alone", resources)).toBe(expected);
  });

  const owner = role({});
  const database = resource("aws:rds/instance:Instance", "db");
  const policy = (statement: Props, to: readonly Registration[] = [database], of = owner) => [
    vercel,
    database,
    owner,
    resource(
      "aws:iam/rolePolicy:RolePolicy",
      "database",
      {
        policy: {
          Statement: [{ Effect: "Allow", Action: "rds-db:connect", Resource: unknown, ...statement }],
        },
      },
      { role: [of], policy: to },
    ),
  ];

  const more = (type: string, props: Props) => resource(type, "more", props, { role: [owner] });
  const denial = more("aws:iam/rolePolicy:RolePolicy", {
    policy: { Statement: [{ Effect: "Deny", Action: "s3:*", Resource: "*" }] },
  });
  const attachment = more("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
    policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
  });

  it.each([
    ["one action", policy({}), "pass"],
    ["a list of it", policy({ Action: ["rds-db:connect"] }), "pass"],
    ["one more", policy({ Action: ["rds-db:connect", "s3:GetObject"] }), "fail"],
    ["all", policy({ Action: "*" }), "fail"],
    ["all but some", policy({ Action: undefined, NotAction: "iam:*" }), "fail"],
    ["nothing more", [...policy({}), denial], "pass"],
    ["what another policy allows", [...policy({}), attachment], "fail"],
  ])("may do %s", (_, resources, expected) => {
    expect(outcome("app-role-logs-in-alone", resources)).toBe(expected);
  });

  it.each([
    ["one database", policy({}), "pass"],
    [
      "one database by its ARN",
      policy({ Resource: "arn:aws:rds-db:eu-central-1:123456789012:dbuser:db-A/portal" }),
      "pass",
    ],
    ["every database", policy({ Resource: "*" }, []), "fail"],
    ["one and every", policy({ Resource: [unknown, "*"] }), "fail"],
    ["a database of another stack", policy({}, []), "fail"],
    [
      "a policy that is not known yet",
      [...policy({}).slice(0, 3), { ...policy({})[3], props: { policy: unknown } } as Registration],
      "unknown",
    ],
  ])("reaches %s", (_, resources, expected) => {
    expect(outcome("app-role-for-one-database", resources)).toBe(expected);
  });
});

describe("app-released-gradually", () => {
  const stages = (...all: readonly Props[]) => [
    portal,
    resource(
      "vercel:index/projectRollingRelease:ProjectRollingRelease",
      "release",
      { stages: all },
      { projectId: [portal] },
    ),
  ];
  const automatic = ([app, release]: readonly Registration[]) => [
    app as Registration,
    { ...release, props: { ...release?.props, advancementType: "automatic" } } as Registration,
  ];
  const release = (first: Props) => stages(first, { targetPercentage: 100 });

  it.each([
    ["a quarter for ten minutes", "prod", release({ targetPercentage: 25, duration: 10 }), "pass"],
    ["until somebody lets it go on", "prod", release({ targetPercentage: 25 }), "pass"],
    ["more than a quarter", "prod", release({ targetPercentage: 26, duration: 10 }), "fail"],
    ["for nine minutes", "prod", release({ targetPercentage: 25, duration: 9 }), "fail"],
    ["to nobody at first", "prod", release({ targetPercentage: 0, duration: 10 }), "fail"],
    ["for two days", "prod", release({ targetPercentage: 10, duration: 2_880 }), "fail"],
    ["by itself at no time", "prod", automatic(release({ targetPercentage: 25 })), "fail"],
    ["to a part for ever", "prod", stages({ targetPercentage: 10, duration: 10 }), "fail"],
    [
      "to fewer again",
      "prod",
      stages({ targetPercentage: 20, duration: 10 }, { targetPercentage: 10 }, { targetPercentage: 100 }),
      "fail",
    ],
    ["not", "prod", [portal], "fail"],
    ["not, in staging", "staging", [portal], "not-applicable"],
    ["at a share that is not known yet", "prod", release({ targetPercentage: unknown }), "unknown"],
  ])("released %s", (_, stack, resources, expected) => {
    expect(outcome("app-released-gradually", resources, stack)).toBe(expected);
  });
});
