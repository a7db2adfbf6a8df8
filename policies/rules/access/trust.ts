/** Who may take a role on. */
import type { ResourceOf } from "../../aws.ts";
import { isOfUpdates } from "../../declared/deploy-access.ts";
import { oidcProvider, type Role, role } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { demanded } from "../../effects/iam-condition.ts";
import { type Admitted, admitted } from "../../effects/iam-principal.ts";
import { later, readDocument } from "../../effects/iam-statement.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import { type Doubt, type Rule, resourceRule, type Violation } from "../../rule.ts";

/** Seconds. A stolen session is of use for as long; a whole update takes less than two hours. */
const longestSession = 4 * 60 * 60;
/**
 * A database of two zones, a distribution and its certificate are made, or changed, one after the other: a token that
 * ends before leaves an update that is half done. The workflows ask for two hours.
 */
const longUpdate = 90 * 60;
/** What a trust is about; the others name a session or tag it. */
const takesOn = /^sts:(AssumeRole(WithWebIdentity|WithSAML)?|TagSession|SetSourceIdentity)$/i;
/** Who signs tokens of what only the team can run: GitHub's jobs, and deployments of one team on Vercel. */
const knownIssuers = /^https:\/\/(token\.actions\.githubusercontent\.com|oidc\.vercel\.com\/[\w-]+)$/;

export const trustRules: readonly Rule[] = [
  resourceRule({
    id: "roles-taken-on-by-their-own",
    item: "ACC-01",
    existing: (r) =>
      readDocument(r.props.assumeRolePolicy)
        .filter(({ effect }) => effect === "Allow")
        .flatMap(admitted)
        .flatMap((whom) => (whom.who === "everybody" ? judge(r, whom) : [])),
    type: role,
    check: (r) => {
      const allowing = readDocument(r.props.assumeRolePolicy).filter(({ effect }) => effect === "Allow");
      if (allowing.length === 0) return { observed: "nobody may take it on", wanted: "what it was made for" };
      // An hour where nothing is said.
      const seconds = r.props.maxSessionDuration ?? 3_600;
      const least = isOfUpdates(r) ? longUpdate : 3_600;
      const others = allowing.flatMap(({ actions: { not, of } }) =>
        not ? ["all but some"] : of.filter((action) => !takesOn.test(action)),
      );
      return [
        ...allowing.flatMap((s) => admitted(s).flatMap((whom) => judge(r, whom))),
        ...others.map((action) => ({
          observed: `its trust allows ${action}`,
          wanted: "to take it on alone",
        })),
        ...(seconds >= least && seconds <= longestSession
          ? []
          : [{ observed: `its sessions last ${seconds} seconds`, wanted: wantedSession(r, least) }]),
      ];
    },
  }),
  eachRule({
    id: "token-issuers-known",
    item: "ACC-01",
    each: oidcProvider,
    check: (issuer, stack) => {
      const { url, clientIdLists: audiences = [], thumbprintLists = [] } = issuer.props;
      const lost = demandedAudiences(stack, issuer).filter((audience) => !audiences.includes(audience));
      return [
        ...(knownIssuers.test(url) ? [] : [{ doubt: `nobody has looked at who gets tokens of ${url}` }]),
        // AWS checks the certificates of these issuers by itself.
        ...thumbprintLists.map(() => ({ doubt: "nobody has looked at a thumbprint of its certificate" })),
        ...(audiences.length === 1
          ? []
          : [{ observed: `tokens for ${audiences.length} audiences are taken`, wanted: "for one" }]),
        ...lost.map((audience) => ({ observed: `tokens for ${audience} are not taken`, wanted: "taken" })),
      ];
    },
  }),
];

/** The audiences for which roles ask of an issuer's tokens. */
function demandedAudiences(stack: Stack, issuer: ResourceOf<typeof oidcProvider>): readonly string[] {
  const key = `${issuer.props.url.replace("https://", "").toLowerCase()}:aud`;
  return stack
    .attached(role, "assumeRolePolicy", issuer)
    .flatMap(({ props }) => readDocument(props.assumeRolePolicy))
    .flatMap(({ conditions }) => demanded(conditions, { test: (asked) => asked === key }).flat())
    .filter((audience) => audience !== later);
}

function wantedSession(r: Role, least: number): string {
  const span = `${least} to ${longestSession}`;
  return isOfUpdates(r)
    ? `${span}, and no less than role-duration-seconds in the workflow, which AWS refuses to exceed`
    : span;
}

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
