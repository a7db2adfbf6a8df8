/** What must be looked at from outside, how often, from where. */
import {
  everyService,
  isBeforeLaunch,
  type SyntheticCheckProps,
  syntheticCheck,
  tagged,
} from "../../declared/monitoring.ts";
import { eachRule } from "../../each-rule.ts";
import { atLeast, atMost, equals, unlessSaid } from "../../expect.ts";
import type { Resource, Stack } from "../../resource.ts";
import { type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";

/** Requirements, "Deployment": what the staging deployment looks at, too. */
const pages = ["homepage", "login", "portal", "admin"] as const;

/** Every class whose requests change nothing. */
const routes = ["api-list", "api-read", "api-analytics", "api-search"];

/** Requirements, "Health and monitoring": at least every 5 minutes. */
const intervalSeconds = 300;

/** Requirements, "Health and monitoring": several regions. Three tell an outage from one network's fault. */
const regions = 3;

/** Requirements, "Service levels". */
const pageResponseMs = 2500;

/**
 * Days ahead: a fortnight to mend the domain's validation; half of the time in which a certificate is renewed, which
 * is 45 days of ACM and 30 of Vercel.
 */
const certificateDays = {
  "certificate-expiry": { cloudfront: 14, vercel: 14 },
  "certificate-renewal-late": { cloudfront: 22, vercel: 15 },
};

/** Where renewal begins; what asks for more than is left after a few days finds fault with every certificate. */
export const renewedDaysAhead = { cloudfront: 42, vercel: 27 };

export const checkRules: readonly Rule[] = [
  ...pages.map((page) =>
    stackRule({
      id: `page-checked-${page}`,
      item: "MON-18",
      page,
      checkStack: (stack) => {
        const checks = stack.ofType(syntheticCheck);
        const found = [...tagged(checks, { check: page }), ...tagged(checks, { "page-role": page })];
        return found.some(asksForPages)
          ? undefined
          : { observed: `no check of ${page} is declared`, wanted: "declared" };
      },
    }),
  ),
  stackRule({
    id: "api-checked",
    item: "MON-19",
    checkStack: (stack) =>
      everyService(stack, (service) => routes.flatMap((route) => checked(stack, service, route))),
  }),
  stackRule({
    id: "health-checked",
    item: "MON-19",
    checkStack: (stack) => everyService(stack, (service) => checked(stack, service, "health", readsHealth)),
  }),
  resourceRule({
    id: "checks-frequent",
    adjustable: true,
    item: "MON-20",
    existing: true,
    type: syntheticCheck,
    where: isHttp,
    check: ({ props }, { ceiling }) =>
      atMost(props, "optionsList.tickEvery", ceiling(intervalSeconds), "seconds"),
  }),
  eachRule({
    id: "checks-live",
    item: "MON-20",
    existing: ({ props }) => unlessSaid(props, "status", "live"),
    each: syntheticCheck,
    check: ({ props }, stack) => (isBeforeLaunch(stack) ? undefined : equals(props, "status", "live")),
  }),
  stackRule({
    id: "watch-begun",
    item: "MON-20",
    // Before the first update there is no site to watch.
    advisory: true,
    tiers: ["production"],
    checkStack: (stack) => {
      if (stack.ofType(syntheticCheck).length === 0) {
        return { observed: "no check is declared", wanted: "declared" };
      }
      return isBeforeLaunch(stack)
        ? { observed: "every check is paused and every monitor a draft", wanted: "live and published" }
        : undefined;
    },
  }),
  resourceRule({
    id: "checks-from-several-regions",
    item: "MON-21",
    existing: ({ props }) => {
      const { locations = [] } = props;
      return locations.length === 1 && !locations[0]?.startsWith("pl:")
        ? {
            observed: "it runs from one region, whose own faults count as the site's",
            wanted: "≥ 2",
            mend: "add locations, and set optionsList.minLocationFailed to 2",
          }
        : undefined;
    },
    tiers: ["production"],
    type: syntheticCheck,
    check: ({ props }) => {
      // What is a team's own is within its own network.
      const count = new Set(props.locations.filter((location) => !location.startsWith("pl:"))).size;
      return count >= regions
        ? undefined
        : { observed: `it runs from ${count} ${count === 1 ? "region" : "regions"}`, wanted: `≥ ${regions}` };
    },
  }),
  resourceRule({
    id: "checks-agree",
    adjustable: true,
    item: "MON-21",
    existing: ({ props }) =>
      (props.locations?.length ?? 0) > 1
        ? atLeast({ minLocationFailed: props.optionsList?.minLocationFailed ?? 1 }, "minLocationFailed", 2)
        : undefined,
    tiers: ["production"],
    type: syntheticCheck,
    check: ({ props }, { floor }) => atLeast(props, "optionsList.minLocationFailed", floor(2), "locations"),
  }),
  resourceRule({
    id: "checks-limit-response-time",
    item: "MON-22",
    type: syntheticCheck,
    where: isHttp,
    check: ({ props }) => {
      const limits = (props.assertions ?? [])
        .filter((a) => a.type === "responseTime" && a.operator === "lessThan")
        .map((a) => Number(a.target));
      return limits.some((limit) => limit <= pageResponseMs)
        ? undefined
        : { observed: `the limit is ${limits.join() || "not set"} ms`, wanted: `≤ ${pageResponseMs}` };
    },
  }),
  ...Object.entries(certificateDays).map(([alert, days]) =>
    stackRule({
      id: `${alert}-checked`,
      item: "MON-23",
      checkStack: (stack, { parts }) => {
        const found = tagged(stack.ofType(syntheticCheck), { alert });
        if (found.length === 0) return { observed: `no check ${alert} is declared`, wanted: "declared" };
        const { kind } = parts.edge;
        return found.flatMap((resource) => {
          const ahead = daysAhead(resource);
          if (ahead >= days[kind] && ahead <= renewedDaysAhead[kind]) return [];
          const wanted = `from ${days[kind]} to ${renewedDaysAhead[kind]}`;
          return [{ resource: resource as Resource, observed: `it fails ${ahead} days ahead`, wanted }];
        });
      },
    }),
  ),
];

function isHttp({ props }: Resource<SyntheticCheckProps>): boolean {
  return props.subtype === "http";
}

/** Over HTTP, in a browser or without. */
function asksForPages(check: Resource<SyntheticCheckProps>): boolean {
  return isHttp(check) || check.props.type === "browser";
}

/** The service has a check of this name, and it is as `ask` wants it. */
function checked(
  stack: Stack,
  service: string,
  name: string,
  ask: (check: Resource<SyntheticCheckProps>) => Violation | undefined = () => undefined,
): readonly Violation[] {
  const found = tagged(stack.ofType(syntheticCheck), { service, check: name }).filter(asksForPages);
  if (found.length === 0) return [{ observed: `${service} has no check ${name}`, wanted: "declared" }];
  return found.flatMap((resource) => {
    const violation = ask(resource);
    return violation ? [{ ...violation, resource: resource as Resource }] : [];
  });
}

/** A health endpoint that answers 200 and says `degraded` is not healthy. */
function readsHealth({ props }: Resource<SyntheticCheckProps>): Violation | undefined {
  const reads = (props.assertions ?? []).some(
    ({ type, operator, targetjsonpath: path }) =>
      type === "body" &&
      operator === "validatesJSONPath" &&
      path?.jsonpath === "$.status" &&
      path.operator === "is" &&
      path.targetvalue === "healthy",
  );
  return reads
    ? undefined
    : { observed: "it does not read the body", wanted: 'asserting that status is "healthy"' };
}

function daysAhead({ props }: Resource<SyntheticCheckProps>): number {
  const days = (props.assertions ?? [])
    .filter((a) => a.type === "certificate" && a.operator === "isInMoreThan")
    .map((a) => Number(a.target));
  return Math.max(0, ...days);
}
