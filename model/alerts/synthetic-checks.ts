/**
 * Synthetic checks of a stack: what visitors use, asked for from outside, through the edge.
 *
 * The write route is not among them: a check that writes would put rows into production every minute, or
 * prove nothing. Its requests are watched where real users make them, by latency and error rate.
 */
import type { ServiceSpec, StackSpec } from "../config/stack-spec.ts";
import { exact } from "../exact.ts";
import { type PageRole, rolesOf } from "../pages.ts";
import { endpointClasses } from "../service-levels/targets.ts";
import type { CertificateCheck, HttpCheck } from "./signal.ts";

/** Certificates last for weeks; looking once an hour is enough. */
const certificateIntervalSeconds = 3600;

/** The page and the route whose silence is an outage: asked for more often than the rest. */
export const homepage = "homepage" satisfies PageRole;
const health = "health";

/** One check of each page of a service. */
export function pageChecks(service: ServiceSpec, spec: StackSpec): readonly HttpCheck[] {
  return Object.entries(service.pages).map(([name, path]) =>
    httpCheck(name, path, service, spec, rolesOf(name, service)),
  );
}

/** One check of each route that only reads. */
export function apiChecks(service: ServiceSpec, spec: StackSpec): readonly HttpCheck[] {
  return endpointClasses
    .filter((endpointClass) => endpointClass !== "write")
    .map((endpointClass) => httpCheck(`api-${endpointClass}`, service.routes[endpointClass], service, spec));
}

export function healthCheck(service: ServiceSpec, spec: StackSpec): HttpCheck {
  return { ...httpCheck(health, service.healthPath, service, spec), healthBody: true };
}

/** A check that the domain's certificate lasts so many days more. */
export function certificateCheck(name: string, minDaysLeft: number, spec: StackSpec): CertificateCheck {
  return {
    type: "certificate",
    name,
    host: spec.domain,
    minDaysLeft,
    intervalSeconds: certificateIntervalSeconds,
    minLocationsFailed: minLocationsFailed(spec),
  };
}

/** Requests that the checks of the API and of health alone send to a service. */
export function checkedRequests(service: ServiceSpec, spec: StackSpec, minutes: number): number {
  const perSecond = [...apiChecks(service, spec), healthCheck(service, spec)].reduce(
    (sum, { intervalSeconds }) => sum + 1 / intervalSeconds,
    0,
  );
  return exact(perSecond * spec.monitoring.syntheticLocations.length * minutes * 60);
}

/**
 * Every check has the limit of a page. A class's latency level would not do: it is the p95 that the server
 * needs, and a check from another continent adds name look-up, TLS and the way there and back.
 */
function httpCheck(
  name: string,
  path: string,
  service: ServiceSpec,
  spec: StackSpec,
  roles: readonly PageRole[] = [],
): HttpCheck {
  const { status = 200, headers = {}, location, authentication } = service.checks[name] ?? {};
  const { uptimeIntervalSeconds, otherChecksIntervalSeconds } = spec.monitoring;
  return {
    type: "http",
    name,
    ...(roles.length > 0 && { roles }),
    status,
    headers,
    ...(location !== undefined && { location }),
    ...(authentication !== undefined && { authentication }),
    url: `https://${spec.domain}${path}`,
    maxResponseMs: service.serviceLevels.pageResponseMs,
    healthBody: false,
    intervalSeconds:
      name === health || roles.includes(homepage) ? uptimeIntervalSeconds : otherChecksIntervalSeconds,
    minLocationsFailed: minLocationsFailed(spec),
  };
}

/** One location alone is a network's fault; two agree. */
function minLocationsFailed({ monitoring }: StackSpec): number {
  return Math.min(2, monitoring.syntheticLocations.length);
}
