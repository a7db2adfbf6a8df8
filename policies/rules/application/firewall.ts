/** Vercel's firewall in front of each service. */
import { about } from "../../aws.ts";
import { firewall, type Project, project, serviceOf } from "../../declared/application.ts";
import { originSecretHeader, viewerAddressHeader } from "../../declared/edge.ts";
import { rolesOf, syntheticCheck, tagged, tagOf } from "../../declared/monitoring.ts";
import { eachRule } from "../../each-rule.ts";
import {
  type Asked,
  activeRules,
  bypasses,
  denied,
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
  /** Names of the checks that ask for where they do it, or what their pages are for. */
  readonly checks: RegExp;
  /** How such paths look, where a service has no such check. */
  readonly path: RegExp;
  readonly methods: readonly string[];
  readonly per: "minute" | "hour";
  readonly floor: number;
  readonly ceiling: number;
}

/** Any page that no rule names. */
const anyPage = "/any/page";

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

/** As of a web ACL: more than a browser sends, and less than a flood; one page asks for dozens of files. */
const siteLimit = { seconds: 300, floor: 300, ceiling: 6_000 };

/** Files and doors of other products that the scanners of all addresses ask for first. */
const scanned = ["/.env", "/.git/config", "/wp-login.php", "/cgi-bin/luci"];

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
    needs: { edge: ["cloudfront"] },
    type: firewall,
    check: ({ props }) => {
      const owasp = props.managedRulesets?.owasp;
      const wanted = [...neededRulesets, ...languageRulesets.filter((set) => owasp?.[set] !== undefined)];
      return wanted
        .filter((set) => owasp?.[set]?.action !== "deny" || owasp[set]?.active === false)
        .map((set) => ({ observed: `OWASP's rules against ${set} do not deny`, wanted: "deny" }));
    },
  }),
  // Where OWASP's rules are not for sale, with Vercel's plans below Enterprise, rules of one's own deny what scanners
  // ask for; where they are declared, they count.
  resourceRule({
    id: "app-firewall-scanners-denied",
    item: "APP-07",
    needs: { edge: ["vercel"] },
    type: firewall,
    check: ({ props }) => [
      ...scanned
        .filter((path) => denied(props, { method: "GET", path, headers: {}, open: true }) !== true)
        .map((path) => ({ observed: `${path} is let in, which scanners alone ask for`, wanted: "denied" })),
      ...Object.entries(props.managedRulesets?.owasp ?? {})
        .filter(([, set]) => set?.action !== "deny" || set.active === false)
        .map(([set]) => ({ observed: `OWASP's rules against ${set} do not deny`, wanted: "deny" })),
    ],
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
    id: "app-site-rate-limited",
    item: "EDGE-07",
    needs: { edge: ["vercel"] },
    each: project,
    check: (app, stack) =>
      onFirewall(app, stack, ({ props }) => {
        const asked = ["/", anyPage].flatMap((path) => ["GET", "POST"].map((method) => ({ method, path })));
        const times = strictestLimit(props, asked, siteLimit.seconds, customerKey(stack));
        return times >= siteLimit.floor && times <= siteLimit.ceiling
          ? undefined
          : {
              observed: `one address may send ${times === Number.POSITIVE_INFINITY ? "any number of" : times} requests in five minutes`,
              wanted: `from ${siteLimit.floor} to ${siteLimit.ceiling}`,
            };
      }),
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
    .filter((check) => [tagOf(check, "check") ?? "", ...rolesOf(check)].some((said) => name.test(said)))
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
      return strictestLimit(props, asked, seconds[per], customerKey(stack));
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

/** What a browser sends. */
const browser: NonNullable<Asked["headers"]> = {
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "accept-encoding": "gzip, deflate, br, zstd",
  "accept-language": untold,
  cookie: untold,
  host: untold,
  "user-agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
};

/** What CloudFront adds. */
const added: NonNullable<Asked["headers"]> = { [originSecretHeader]: untold, [viewerAddressHeader]: untold };

function isBehindCloudFront(stack: Stack): boolean {
  return stack.declared.parts.edge.kind === "cloudfront";
}

/**
 * What tells customers apart: the header that CloudFront sets, from whose addresses every request comes; their address
 * where Vercel's edge is the first that they reach, since a header would be their own to choose.
 */
function customerKey(stack: Stack): string {
  return isBehindCloudFront(stack) ? `header:${viewerAddressHeader}` : "ip";
}

/** What customers do all the time; log-ins are few. */
function asked(app: Project, stack: Stack): readonly Asked[] {
  const logins = pathsOf(app, stack, loginLimit.checks);
  const paths = [anyPage, ...pathsOf(app, stack, /./)];
  const headers = isBehindCloudFront(stack) ? { ...browser, ...added } : browser;
  return [
    ...paths.map((path) => ({ method: "GET", path, headers })),
    ...paths.filter((path) => !logins.includes(path)).map((path) => ({ method: "POST", path, headers })),
  ];
}
