/** Who may take a role on. */
import { oidcProvider, type Role, role } from "../../declared/roles.ts";
import { type Admitted, admitted } from "../../effects/iam-principal.ts";
import { readDocument } from "../../effects/iam-statement.ts";
import { linked, type Resource } from "../../resource.ts";
import { type Doubt, type Rule, resourceRule, type Violation } from "../../rule.ts";

/** Seconds. A stolen session is of use for as long; a whole update takes less than two hours. */
const longestSession = 4 * 60 * 60;
/** Who signs tokens of what only the team can run: GitHub's jobs, and deployments of one team on Vercel. */
const knownIssuers = /^https:\/\/(token\.actions\.githubusercontent\.com|oidc\.vercel\.com\/[\w-]+)$/;

export const trustRules: readonly Rule[] = [
  resourceRule({
    id: "roles-taken-on-by-their-own",
    item: "ACC-01",
    type: role,
    check: (r) => {
      const allowing = readDocument(r.props.assumeRolePolicy).filter(({ effect }) => effect === "Allow");
      if (allowing.length === 0) return { observed: "nobody may take it on", wanted: "what it was made for" };
      // An hour where nothing is said.
      const seconds = r.props.maxSessionDuration ?? 3_600;
      return [
        ...allowing.flatMap((s) => admitted(s).flatMap((whom) => judge(r, whom))),
        ...(seconds <= longestSession
          ? []
          : [{ observed: `its sessions last ${seconds} seconds`, wanted: `≤ ${longestSession}` }]),
      ];
    },
  }),
  resourceRule({
    id: "token-issuers-known",
    item: "ACC-01",
    type: oidcProvider,
    check: ({ props: { url, clientIdLists: audiences = [] } }) => [
      ...(knownIssuers.test(url) ? [] : [{ doubt: `nobody has looked at who gets tokens of ${url}` }]),
      ...(audiences.length === 1
        ? []
        : [{ observed: `tokens for ${audiences.length} audiences are taken`, wanted: "for one" }]),
    ],
  }),
];

function judge(r: Role, whom: Admitted): readonly (Violation | Doubt)[] {
  switch (whom.who) {
    case "service":
    case "reference":
      return [];
    case "federated":
      // Whose tokens of GitHub or Vercel are taken is judged by the rules of the deployment and of the app.
      return linked(r as Resource, "assumeRolePolicy", oidcProvider).length > 0
        ? []
        : [{ observed: "tokens of an issuer outside this stack are taken", wanted: "of one in it" }];
    case "service-for-anybody":
      return [
        { observed: `${whom.name} takes it on for anybody`, wanted: "for this account (aws:SourceAccount)" },
      ];
    case "everybody":
      return [{ observed: "everybody may take it on", wanted: "what it was made for" }];
    case "accounts":
      return [{ doubt: `whoever account ${whom.accounts.join(", ")} lets may take it on` }];
    case "unclear":
      return [{ doubt: `${whom.name} may take it on` }];
  }
}
