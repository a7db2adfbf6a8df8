/** What CI may do in AWS, and that it can do no more. */
import { isOfDeployment, isOfGitHub, isOfPreviews, isOfUpdates } from "../declared/deploy-access.ts";
import { role } from "../declared/roles.ts";
import { type Rule, resourceRule } from "../rule.ts";
import { boundaryRules } from "./deployment/boundary.ts";
import { evidenceRules } from "./deployment/evidence.ts";
import { previewRules } from "./deployment/previews.ts";
import { rightsRules } from "./deployment/rights.ts";
import { secretsRules } from "./deployment/secrets.ts";
import { ofOneRepository, takesStrangersTokens, takesTokensFor } from "./deployment/tokens.ts";

/** What an environment itself lets in is set in GitHub, where no rule sees it. */
const ofOneBranch = takesTokensFor("ref", /^refs\/heads\/.+$/, "one branch");

export const deploymentRules: readonly Rule[] = [
  ...rightsRules,
  ...boundaryRules,
  ...previewRules,
  ...secretsRules,
  ...evidenceRules,
  resourceRule({
    id: "deploy-role-for-one-audience",
    item: "CI-01",
    type: role,
    where: isOfGitHub,
    check: takesTokensFor("aud", /^.+$/, "one audience"),
  }),
  resourceRule({
    id: "deploy-role-for-one-environment",
    item: "CI-01",
    existing: (r) => (isOfGitHub(r) ? takesStrangersTokens(r) : undefined),
    type: role,
    where: isOfDeployment,
    check: takesTokensFor("sub", ofOneRepository("environment:[^:]+"), "one environment of one repository"),
  }),
  resourceRule({
    id: "deploy-role-for-one-branch",
    item: "CI-01",
    type: role,
    where: isOfUpdates,
    check: ofOneBranch,
  }),
  resourceRule({
    id: "preview-role-for-one-branch",
    item: "CI-01",
    // A preview of staging is of whatever is proposed.
    tiers: ["production"],
    type: role,
    where: isOfPreviews,
    check: ofOneBranch,
  }),
];
