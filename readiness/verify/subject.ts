/** What is verified: a stack's site with what its config promises, or anybody's address. */
import type { ServiceSpec, StackSpec } from "../../model/config/stack-spec.ts";
import { type PageRole, rolesOf } from "../../model/pages.ts";
import {
  defaultServiceLevels,
  type EndpointClass,
  type ServiceLevels,
} from "../../model/service-levels/targets.ts";
import { UsageError } from "../errors.ts";

export interface Service {
  readonly name: string;
  /** Nothing where nobody has said. */
  readonly framework: ServiceSpec["framework"] | undefined;
  readonly pages: readonly Page[];
  readonly healthPath: string;
  /** One of each class; none where nobody has said. */
  readonly routes: readonly { readonly class: EndpointClass; readonly path: string }[];
  readonly levels: ServiceLevels;
}

export interface Page {
  readonly name: string;
  /** What it is for, such as `login`; nothing of most. */
  readonly role?: PageRole;
  readonly path: string;
  /** Where a stranger is sent, by the stack's config. */
  readonly location?: string;
}

export interface Subject {
  readonly site: URL;
  /** The stack whose site it is; nothing of an address of anybody's. */
  readonly stack: string | undefined;
  readonly services: readonly Service[];
  /** The most that one address may send in five minutes. */
  readonly requestsPer5Minutes: number | undefined;
}

/** Who asks more than these of anybody's site is no guest. */
const guestRequestsPer5Minutes = 500;

export function subjectOf(spec: StackSpec, address: string | undefined): Subject {
  return {
    site: siteOf(address ?? `https://${spec.domain}`),
    stack: spec.stack,
    services: spec.services.map(ofSpec),
    requestsPer5Minutes: spec.edge.rateLimitPer5Minutes,
  };
}

function ofSpec(spec: ServiceSpec): Service {
  const { name, framework, pages, healthPath, routes, checks, serviceLevels: levels } = spec;
  return {
    name,
    framework,
    healthPath,
    levels,
    pages: Object.entries(pages).map(([page, path]) => {
      const location = checks[page]?.location;
      const [role] = rolesOf(page, spec);
      return { name: page, path, ...(role && { role }), ...(location !== undefined && { location }) };
    }),
    routes: Object.entries(routes).map(([name, path]) => ({ class: name as EndpointClass, path })),
  };
}

export function anybodys(address: string): Subject {
  const site = siteOf(address);
  const service: Service = {
    name: site.hostname,
    framework: undefined,
    pages: [{ name: "page", role: "homepage", path: site.pathname + site.search }],
    healthPath: "/api/health",
    routes: [],
    levels: defaultServiceLevels,
  };
  return { site, stack: undefined, services: [service], requestsPer5Minutes: guestRequestsPer5Minutes };
}

/** @throws UsageError */
export function siteOf(address: string): URL {
  const url = URL.parse(address);
  if (url && /^https?:$/.test(url.protocol) && url.username + url.password === "") return url;
  throw new UsageError(
    `--url ${address} is no address of a site, must be one such as https://example.com, without a login`,
  );
}
