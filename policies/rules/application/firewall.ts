/** Vercel's firewall in front of each service. */
import { about } from "../../aws.ts";
import { firewall, type Project, project, serviceOf } from "../../declared/application.ts";
import { originSecretHeader, viewerAddressHeader } from "../../declared/edge.ts";
import { syntheticCheck, tagged, tagOf } from "../../declared/monitoring.ts";
import { eachRule } from "../../each-rule.ts";
import {
  type Asked,
  activeRules,
  bypasses,
  keptOut,
  strictestLimit,
  untold,
} from "../../effects/vercel-firewall.ts";
import type { Resource, Stack } from "../../resource.ts";
import { type Result, type Rule, resourceRule } from "../../rule.ts";

/**
 * Injection and cross-site scripting, the third of OWASP's Top Ten (2021), running foreign code, and what looks for
 * weaknesses. A service may do without the rules for languages that it is not written in.
 */
const neededRulesets = ["sqli", "xss", "rce", "lfi", "rfi", "gen", "ma", "sd", "sf"] as const;
const languageRulesets = ["php", "java"] as const;

interface Limit {
  /** What customers do, such as `call the API`. */
  readonly act: string;
  /** Names of the checks that ask for where they do it. */
  readonly checks: RegExp;
  /** How such paths look, where a service has no such check. */
  readonly path: RegExp;
  readonly methods: readonly string[];
  readonly per: "minute" | "hour";
  readonly floor: number;
  readonly ceiling: number;
}

/** Twenty requests a second. A page asks the API a handful of times, a scraper all the time. */
const apiLimit: Limit = {
  act: "call the API",
  checks: /^api-/,
  path: /\/api$/,
  methods: ["GET", "POST"],
  per: "minute",
  floor: 60,
  ceiling: 1_200,
};

/** OWASP ASVS 4.0.3, 2.2.1, allows no more than 100 failed attempts; people mistype some. */
const loginLimit: Limit = {
  act: "log in",
  checks: /^login$/,
  path: /log-?in|sign-?in|auth/i,
  methods: ["POST"],
  per: "hour",
  floor: 10,
  ceiling: 100,
};

const seconds = { minute: 60, hour: 3_600 } as const;

export const applicationFirewallRules: readonly Rule[] = [
  eachRule({
    id: "app-firewall-on",
    item: "APP-07",
    each: project,
    check: (app, stack) => {
      const configs = stack.attached(firewall, "projectId", app);
      if (configs.length > 1) {
        return {
          observed: `it has ${configs.length} firewalls, each of which undoes the others`,
          wanted: "one",
        };
      }
      return configs[0]?.props.enabled === true
        ? undefined
        : { observed: "its firewall is not switched on", wanted: "on" };
    },
  }),
  resourceRule({
    id: "app-firewall-managed-rules",
    item: "APP-07",
    type: firewall,
    check: ({ props }) => {
      const owasp = props.managedRulesets?.owasp;
      const wanted = [...neededRulesets, ...languageRulesets.filter((set) => owasp?.[set] !== undefined)];
      return wanted
        .filter((set) => owasp?.[set]?.action !== "deny" || owasp[set]?.active === false)
        .map((set) => ({ observed: `OWASP's rules against ${set} do not deny`, wanted: "deny" }));
    },
  }),
  eachRule({
    id: "app-firewall-not-bypassed",
    item: "APP-07",
    each: project,
    check: (app, stack) => onFirewall(app, stack, ({ props }) => bypasses(props)),
  }),
  eachRule({
    id: "app-firewall-lets-customers-in",
    item: "APP-07",
    each: project,
    check: (app, stack) => onFirewall(app, stack, ({ props }) => keptOut(props, asked(app, stack))),
  }),
  eachRule({
    id: "app-api-rate-limited",
    item: "APP-08",
    each: project,
    check: (app, stack) => limited(app, stack, apiLimit),
  }),
  eachRule({
    id: "app-login-rate-limited",
    item: "APP-08",
    each: project,
    check: (app, stack) => limited(app, stack, loginLimit),
  }),
];

export type Config = Resource<NonNullable<(typeof firewall)["props"]>>;

export function onFirewall(app: Project, stack: Stack, check: (config: Config) => Result): Result {
  const configs = stack.attached(firewall, "projectId", app);
  if (configs.length === 0) return { observed: "it has no firewall", wanted: "one" };
  return configs.flatMap((config) => about(config as Resource, check(config)));
}

/** The paths at which a service is watched by checks of some names: those that its customers use. */
function pathsOf(app: Project, stack: Stack, name: RegExp): readonly string[] {
  return tagged(stack.ofType(syntheticCheck), { service: serviceOf(app) })
    .filter((check) => name.test(tagOf(check, "check") ?? ""))
    .flatMap(({ props }) => props.requestDefinition?.url ?? [])
    .map((url) => new URL(url).pathname);
}

/** One customer can do something often enough, and no more, wherever customers do it. */
function limited(app: Project, stack: Stack, limit: Limit): Result {
  const { act, methods, per, floor, ceiling } = limit;
  const checked = pathsOf(app, stack, limit.checks);
  return onFirewall(app, stack, ({ props }) => {
    const paths = checked.length > 0 ? checked : pathsIn(props).filter((path) => limit.path.test(path));
    const limits = paths.map((path) => {
      const asked = methods.map((method) => ({ method, path }));
      return strictestLimit(props, asked, seconds[per], viewerAddressHeader);
    });
    return [...new Set(limits.length > 0 ? limits : [Number.POSITIVE_INFINITY])]
      .filter((times) => times < floor || times > ceiling)
      .map((times) => ({
        observed: `one client may ${act} ${times === Number.POSITIVE_INFINITY ? "any number of" : times} times a ${per}`,
        wanted: `from ${floor} to ${ceiling} times`,
      }));
  });
}

/** The paths that a firewall's rules are about. */
export function pathsIn(config: Config["props"]): readonly string[] {
  return activeRules(config)
    .flatMap(({ conditionGroups }) => conditionGroups.flatMap(({ conditions }) => conditions))
    .filter(({ type }) => type === "path")
    .flatMap(({ value, values = [] }) => [...(value === undefined ? [] : [value]), ...values]);
}

/** What a browser sends, and CloudFront adds. */
const browser: NonNullable<Asked["headers"]> = {
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "accept-encoding": "gzip, deflate, br, zstd",
  "accept-language": untold,
  cookie: untold,
  host: untold,
  "user-agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  [originSecretHeader]: untold,
  [viewerAddressHeader]: untold,
};

/** What customers do all the time; log-ins are few. */
function asked(app: Project, stack: Stack): readonly Asked[] {
  const logins = pathsOf(app, stack, loginLimit.checks);
  const paths = ["/any/page", ...pathsOf(app, stack, /./)];
  return [
    ...paths.map((path) => ({ method: "GET", path, headers: browser })),
    ...paths
      .filter((path) => !logins.includes(path))
      .map((path) => ({ method: "POST", path, headers: browser })),
  ];
}
