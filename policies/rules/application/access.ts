/** How the services log in to AWS and to the database. */
import { databaseInstance } from "../../aws.ts";
import { project, variablesOf } from "../../declared/application.ts";
import { oidcProvider, rightsOf, role, rolePolicy } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { demanded } from "../../effects/iam-condition.ts";
import { mayAllow } from "../../effects/iam-decision.ts";
import { admitted } from "../../effects/iam-principal.ts";
import { later, readDocument, type Statement, type Text } from "../../effects/iam-statement.ts";
import { equals } from "../../expect.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Doubt, type Rule, resourceRule, type Violation } from "../../rule.ts";

/** A role that tokens of Vercel are exchanged for. */
const isFederated = (r: Resource<unknown>) =>
  linked(r as Resource, "assumeRolePolicy", oidcProvider).some(({ props }) =>
    props.url.includes("vercel.com"),
  );

const ofApp = { each: role, where: isFederated } as const;

export const accessRules: readonly Rule[] = [
  resourceRule({
    id: "app-tokens-of-own-issuer",
    item: "APP-10",
    type: project,
    // Vercel's documentation, "OIDC federation": the global issuer signs for every team.
    check: ({ props }) => equals(props, "oidcTokenConfig.issuerMode", "team"),
  }),
  eachRule({
    ...ofApp,
    id: "app-role-for-one-audience",
    item: "APP-10",
    check: ({ props }) =>
      grantsOf(props.assumeRolePolicy).flatMap((statement) => [
        ...(exact(claim(statement, "aud")) === undefined
          ? [{ observed: "tokens of any audience are taken", wanted: "one audience (StringEquals)" }]
          : []),
        ...(admitted(statement).every(({ who }) => who === "federated")
          ? []
          : [{ observed: "it lets in others than who has a token", wanted: "tokens alone" }]),
      ]),
  }),
  eachRule({
    ...ofApp,
    id: "app-role-for-production-alone",
    item: "APP-10",
    check: ({ props }) =>
      grantsOf(props.assumeRolePolicy).flatMap((statement): readonly (Violation | Doubt)[] => {
        const subjects = claim(statement, "sub");
        if (subjects.includes(later)) return [{ doubt: "whose tokens are taken is not known yet" }];
        if (/:project:[^:]+:environment:production$/.test(exact(subjects) ?? "")) return [];
        const taken = subjects.length > 0 ? `for ${subjects.map(String).join(" or ")}` : "of any subject";
        return [
          { observed: `tokens ${taken} are taken`, wanted: "production of one project (StringEquals)" },
        ];
      }),
  }),
  eachRule({
    id: "app-role-is-its-own",
    item: "APP-10",
    each: project,
    check: (app, stack) => {
      const declared = variablesOf(app, stack).get("AWS_ROLE_ARN");
      const roles = declared ? linked(declared as Resource, "value", role) : [];
      const subjects = roles.flatMap(({ props }) =>
        grantsOf(props.assumeRolePolicy).map((statement) => exact(claim(statement, "sub"))),
      );
      return subjects.length > 0 &&
        subjects.every((subject) => subject?.endsWith(`:project:${app.props.name}:environment:production`))
        ? undefined
        : { observed: "its role does not take its tokens", wanted: "the tokens of its production" };
    },
  }),
  eachRule({
    ...ofApp,
    id: "app-role-logs-in-alone",
    item: "APP-11",
    check: (r, stack) => {
      const { statements, foreign } = rightsOf(r, stack);
      const others = granted(statements).flatMap(({ actions }) =>
        actions.not
          ? ["anything but its exceptions"]
          : actions.of.filter((action) => action !== "rds-db:connect"),
      );
      return [
        ...others.map((action) => `it allows ${action}`),
        ...foreign.map((arn) => `${arn} gives it more`),
        ...(mayAllow(statements, { action: "rds-db:connect" }).length > 0 ? [] : ["it cannot log in"]),
      ].map((observed) => ({ observed, wanted: "rds-db:connect alone" }));
    },
  }),
  eachRule({
    ...ofApp,
    id: "app-role-for-one-database",
    item: "APP-11",
    // The ARN of the database's user is not known before the database is; what it is made of is.
    check: (r, stack) => {
      const statements = granted(rightsOf(r, stack).statements);
      const wide = statements.some(
        ({ resources: { not, of } }) =>
          not || of.length === 0 || of.some((arn) => arn !== later && /[*?]/.test(arn)),
      );
      const databases = new Set(
        stack
          .attached(rolePolicy, "role", r)
          .flatMap((policy) => linked(policy as Resource, "policy", databaseInstance)),
      );
      return databases.size === 1 && !wide
        ? undefined
        : { observed: "its resource is not one database of this stack", wanted: "one database" };
    },
  }),
];

function granted(statements: readonly Statement[]): readonly Statement[] {
  return statements.filter(({ effect }) => effect === "Allow");
}

function grantsOf(document: unknown): readonly Statement[] {
  return granted(readDocument(document));
}

/** What a statement demands of a claim such as `sub`, whoever issued the token. */
function claim({ conditions }: Statement, name: "aud" | "sub"): readonly Text[] {
  return demanded(conditions, new RegExp(`:${name}$`))[0] ?? [];
}

/** The one value that is demanded. */
function exact(values: readonly Text[]): string | undefined {
  const [value] = values;
  return values.length === 1 && value !== later && value && !/[*?]/.test(value) ? value : undefined;
}
