import { databasesOfAws } from "../parts.ts";
import type { ChecklistRows } from "./row.ts";

const section = "Application";
const proof = "policy";
const needs = { database: databasesOfAws } as const;

export const applicationItems = {
  "APP-01": {
    section,
    statement: "Production is built from a named branch of the repository",
    proof,
    why: "What was deployed from a laptop cannot be reviewed, repeated or rolled back.",
    remedy: "Set repository and branch of the service in {stackFile}.",
  },
  "APP-02": {
    section,
    statement: "Previews and generated addresses are for the team alone",
    proof,
    why: "Search engines and attackers find unfinished versions by their predictable addresses.",
    remedy: "Restore vercelAuthentication in components/app.ts.",
  },
  "APP-03": {
    section,
    statement: "A stranger's pull request is not built before somebody allows it",
    proof,
    why: "A build runs the pull request's code with the project's settings at hand.",
    remedy: "Set gitForkProtection in components/app.ts.",
  },
  "APP-04": {
    section,
    statement: "Every service has what it needs in its environment",
    proof,
    why: "A missing variable shows at the first request that needs it, in production.",
    remedy: "Restore the variable in components/app/variables.ts.",
  },
  "APP-05": {
    section,
    statement: "Secrets cannot be read back, and no preview gets them",
    proof,
    why: "Everybody who may open a pull request could otherwise read the production secrets.",
    remedy: "Name the variable in secrets of the service in {stackFile} instead of declaring it as plain.",
  },
  "APP-06": {
    section,
    statement: "Error tracking sees every trace and every tenth profile",
    proof,
    why: "The one request that a customer complains about is the one that was not sampled.",
    remedy: "Restore the sample rates in components/app/variables.ts.",
  },
  "APP-07": {
    section,
    statement: "Every service has a firewall that denies known attacks",
    proof,
    why: "Scanners try every address; behind CloudFront, what slips past its firewall meets a second one with other rules.",
    remedy:
      "Restore managedRulesets and denyScanners in components/app/firewall.ts and the FirewallConfig in components/app.ts.",
  },
  "APP-08": {
    section,
    statement: "One client can neither flood the API nor guess passwords",
    proof,
    why: "Lists of stolen passwords are tried by the million; a limit makes that take years.",
    remedy: "Lower the limits in components/app/firewall.ts.",
  },
  "APP-09": {
    section,
    statement: "Nobody reaches a service around CloudFront",
    proof,
    needs: { edge: ["cloudfront"] },
    why: "Whoever knows the service's own address would go around firewall, headers and logs.",
    remedy:
      "Restore the first rule in components/app/firewall.ts; what Vercel calls by itself is named in crons of the service in {stackFile}.",
  },
  "APP-10": {
    section,
    statement: "A service takes on its AWS role by a short-lived token of its own production",
    proof,
    needs,
    why: "A role that takes tokens of previews or of other projects is open to everybody who can deploy one.",
    remedy: "Restore the conditions in components/app-access.ts and oidcTokenConfig in components/app.ts.",
  },
  "APP-11": {
    section,
    statement: "A service may log in to its database, without a password, and nothing else",
    proof,
    needs,
    why: "A stolen password works for years and a broad role opens the account; a token lasts fifteen minutes.",
    remedy: "Restore the role's policy in components/app-access.ts; drop the password from the environment.",
  },
  "APP-12": {
    section,
    statement: "Every service has a host name that leads to its production",
    proof,
    why: "Vercel finds a service by name: without it every request ends in an error page.",
    remedy: "Restore the ProjectDomain in components/app.ts.",
  },
  "APP-13": {
    section,
    statement: "A release reaches customers gradually, and the last ones can be brought back",
    proof,
    why: "A bad release then hurts a few for minutes instead of everybody until the next build.",
    remedy: "Restore the release settings in components/app.ts.",
  },
  "APP-14": {
    section,
    statement: "Functions run beside the database",
    proof,
    needs,
    why: "Every query across an ocean costs 100 ms, half of what a whole request may take.",
    remedy: "Set vercel.region in {stackFile} to the region nearest to aws:region.",
  },
  "APP-15": {
    section,
    statement: "Source maps are not public",
    proof,
    why: "They hand the unminified source, comments included, to whoever looks for a way in.",
    remedy: "Set protectedSourcemaps in components/app.ts.",
  },
  "APP-16": {
    section,
    statement: "Every service reports its errors to a project of its own in Sentry",
    proof,
    needs: { errors: ["sentry"] },
    why: "In a project of several, one service's noise hides another's outage, and nobody knows whose error it is.",
    remedy:
      "Keep the ErrorTracking of each service in components/declare-readiness.ts, and its DSN among the variables.",
  },
} as const satisfies ChecklistRows;
