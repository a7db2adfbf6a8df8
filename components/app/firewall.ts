/** The firewall of a service on Vercel: rules in the order in which they count. */
import * as pulumi from "@pulumi/pulumi";
import type * as vercel from "@pulumiverse/vercel";
import { challengePath, originSecretHeader, viewerAddressHeader } from "../edge/origin.ts";
import type { Way } from "./way.ts";

type Rule = vercel.types.input.FirewallConfigRulesRule;
type Condition = vercel.types.input.FirewallConfigRulesRuleConditionGroupCondition;

/** One customer's requests to the API: ten a second. */
const apiLimit = { limit: 600, window: 60 };

/** One customer's attempts to log in: 90 an hour, below the 100 of OWASP ASVS 4.0.3, 2.2.1. */
const loginLimit = { limit: 15, window: 600 };

const deny = { action: "deny", active: true };

/** OWASP's core rule set. */
const owasp: vercel.types.input.FirewallConfigManagedRulesetsOwasp = {
  gen: deny,
  java: deny,
  lfi: deny,
  ma: deny,
  php: deny,
  rce: deny,
  rfi: deny,
  sd: deny,
  sf: deny,
  sqli: deny,
  xss: deny,
};

/**
 * Bot protection only logs: a challenge would stop synthetic checks. Attack challenge mode is an answer to an incident
 * and runs out by itself, so it is not declared here.
 */
export function managedRulesets(way: Way): vercel.types.input.FirewallConfigManagedRulesets {
  const bought = way.kind === "cloudfront" || way.owaspRules;
  return { ...(bought && { owasp }), botProtection: { action: "log", active: true } };
}

/** Where scanners look for other products' secrets and doors; a service of ours has nothing there. */
const scanned = [
  "/.env",
  "/.git",
  "/.aws",
  "/wp-",
  "/xmlrpc.php",
  "/phpmyadmin",
  "/cgi-bin",
  "/vendor/phpunit",
];

/** The paths that Vercel calls by its clock, and the secret that it bears. */
export interface Crons {
  readonly paths: readonly string[];
  readonly secret: pulumi.Input<string>;
}

/**
 * @param base where the service lives on the domain; empty for "/"
 * @param way behind Vercel's own edge there is no secret to demand, and so nothing is locked
 * @param crons absent where there are none
 */
export function firewallRules(base: string, loginPath: string, way: Way, crons: Crons | undefined): Rule[] {
  const customer = way.kind === "vercel" ? "ip" : `header:${viewerAddressHeader}`;
  const limits = [
    rateLimit("Limit log-ins", customer, loginLimit, [
      // Before the form of a homepage there is everything else, too.
      { type: "path", op: loginPath === "/" ? "eq" : "pre", value: loginPath },
      { type: "method", op: "eq", value: "POST" },
    ]),
    rateLimit("Limit the API", customer, apiLimit, [{ type: "path", op: "pre", value: `${base}/api` }]),
  ];
  if (way.kind === "cloudfront") return [lockOrigin(way.originSecret, crons), ...limits];
  const siteLimit = { limit: way.rateLimitPer5Minutes, window: 300 };
  return [
    denyScanners,
    ...limits,
    rateLimit("Limit the site", customer, siteLimit, [{ type: "path", op: "pre", value: "/" }]),
  ];
}

const denyScanners: Rule = {
  name: "Deny scanners",
  description: "Deny what looks for other products' secrets and doors",
  active: true,
  conditionGroups: scanned.map((value) => ({ conditions: [{ type: "path", op: "pre", value }] })),
  action: { action: "deny" },
};

/**
 * Nobody reaches production around CloudFront but Vercel's own clock, at the paths that it calls and with the secret
 * that it bears, and authorities that issue certificates, in whose place Vercel answers. Previews have no CloudFront
 * and are behind Vercel's log-in.
 */
function lockOrigin(secret: pulumi.Input<string>, crons: Crons | undefined): Rule {
  const production = { type: "environment", op: "eq", value: "production" };
  const notChallenge = { type: "path", op: "pre", value: challengePath, neg: true };
  const otherThan = (key: string, value: pulumi.Input<string>) => [
    { type: "header", key, op: "nex" },
    { type: "header", key, op: "neq", value },
  ];
  const noCron: Condition[] = crons
    ? [
        { type: "path", op: "ninc", values: [...crons.paths] },
        ...otherThan("authorization", pulumi.interpolate`Bearer ${crons.secret}`),
      ]
    : [];
  const unproven = otherThan(originSecretHeader, secret);
  const groups =
    noCron.length > 0 ? noCron.flatMap((no) => unproven.map((u) => [u, no])) : unproven.map((u) => [u]);
  return {
    name: "Lock the origin",
    description: "Deny what did not come through CloudFront",
    active: true,
    conditionGroups: groups.map((conditions) => ({ conditions: [production, ...conditions, notChallenge] })),
    action: { action: "deny" },
  };
}

/**
 * Counts by the customer's address. Behind CloudFront that is what CloudFront tells: the address that Vercel sees is
 * CloudFront's own, which many customers share. Counting by a header needs Vercel's Enterprise plan.
 */
function rateLimit(
  name: string,
  customer: string,
  limit: { limit: number; window: number },
  conditions: Condition[],
): Rule {
  return {
    name,
    active: true,
    conditionGroups: [{ conditions }],
    action: {
      action: "rate_limit",
      rateLimit: {
        ...limit,
        algo: "fixed_window",
        keys: [customer],
        action: "rate_limit",
      },
    },
  };
}
