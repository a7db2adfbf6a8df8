/** Vercel's firewall in front of each service. */
import type * as vercel from "@pulumiverse/vercel";
import { project } from "../../declared/application.ts";
import { originSecretHeader } from "../../declared/edge.ts";
import { eachRule } from "../../each-rule.ts";
import { type Resource, resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";

const firewall = resourceType<vercel.FirewallConfigArgs>("vercel:index/firewallConfig:FirewallConfig");

/** Injection and cross-site scripting, the third of OWASP's Top Ten (2021), and running foreign code. */
const neededRulesets = ["sqli", "xss", "rce", "lfi", "rfi"] as const;

/** Requests a minute: twenty a second. A page asks the API a handful of times, a scraper all the time. */
const apiCeiling = 1_200;

/** Attempts an hour: OWASP ASVS 4.0.3, 2.2.1, allows no more than 100 failed ones. */
const loginCeiling = 100;

/** What stops a request that is over the limit. */
const stopping = ["rate_limit", "deny", "challenge"];

export const applicationFirewallRules: readonly Rule[] = [
  eachRule({
    id: "app-firewall-on",
    item: "APP-07",
    each: project,
    check: (app, stack) =>
      stack.attached(firewall, "projectId", app).some(({ props }) => props.enabled === true)
        ? undefined
        : { observed: "its firewall is not switched on", wanted: "on" },
  }),
  resourceRule({
    id: "app-firewall-managed-rules",
    item: "APP-07",
    type: firewall,
    check: ({ props }) => {
      const owasp = props.managedRulesets?.owasp;
      return neededRulesets
        .filter((set) => owasp?.[set]?.action !== "deny" || owasp[set]?.active === false)
        .map((set) => ({ observed: `OWASP's rules against ${set} do not deny`, wanted: "deny" }));
    },
  }),
  resourceRule({
    id: "app-api-rate-limited",
    item: "APP-08",
    type: firewall,
    check: (config) => {
      const limit = strictest(config, /\/api$/, 60);
      return limit <= apiCeiling
        ? undefined
        : { observed: `one client may call the API ${times(limit)} a minute`, wanted: `≤ ${apiCeiling}` };
    },
  }),
  resourceRule({
    id: "app-login-rate-limited",
    item: "APP-08",
    type: firewall,
    check: (config) => {
      const limit = strictest(config, /log-?in|sign-?in|auth/i, 3_600);
      return limit <= loginCeiling
        ? undefined
        : { observed: `one client may try to log in ${times(limit)} an hour`, wanted: `≤ ${loginCeiling}` };
    },
  }),
  resourceRule({
    id: "app-origin-locked",
    item: "APP-09",
    type: firewall,
    check: (config) => {
      const locks = rulesOf(config)
        .filter((rule) => rule.action.action === "deny")
        .flatMap((rule) => rule.conditionGroups)
        .filter(({ conditions }) => conditions.every(isOfLock))
        .map(({ conditions }) => conditions.find(({ key }) => key === originSecretHeader)?.op);
      return ["nex", "neq"].every((op) => locks.includes(op))
        ? undefined
        : {
            observed: `requests without ${originSecretHeader}, or with another value, are let in`,
            wanted: "denied",
          };
    },
  }),
];

/** The lock holds for every path and client: previews alone, which have no CloudFront, may be left out. */
function isOfLock({ type, key }: { readonly type: string; readonly key?: string }): boolean {
  return key === originSecretHeader || type === "environment";
}

type Config = Resource<NonNullable<(typeof firewall)["props"]>>;

function rulesOf({ props }: Config) {
  return (props.rules?.rules ?? []).filter((rule) => rule.active !== false);
}

/** The strictest limit on a path, in requests for `seconds`; infinite where there is none. */
function strictest(config: Config, path: RegExp, seconds: number): number {
  const limits = rulesOf(config)
    .filter((rule) =>
      rule.conditionGroups.some(({ conditions }) =>
        conditions.filter(({ type }) => type === "path").some(({ value = "" }) => path.test(value)),
      ),
    )
    .flatMap((rule) => (rule.action.action === "rate_limit" && rule.action.rateLimit) || [])
    .filter((limit) => stopping.includes(limit.action))
    .map((limit) => (limit.limit * seconds) / limit.window);
  return Math.min(Number.POSITIVE_INFINITY, ...limits);
}

function times(limit: number): string {
  return limit === Number.POSITIVE_INFINITY ? "any number of times" : `${limit} times`;
}
