/** What the addresses of services can be wrong about together: none may lead to another service below one's own path. */
import type { Keys } from "./error.ts";
import { type CrossCheck, repeated, type WrittenConfig } from "./written-config.ts";

/** CloudFront answers what is below it from the bucket of static files. */
const staticFiles = "/static";

export const addressChecks: readonly CrossCheck[] = [
  function* pathsAreDistinct({ services }) {
    yield* repeated(
      services.map((s) => s.path),
      (i) => ["services", i, "path"],
      "path",
    );
  },

  function* oneServiceIsTheSite({ services }) {
    const paths = services.map((s) => s.path);
    if (paths.includes("/")) return;
    yield [
      ["services"],
      `found the paths ${paths.join(", ")}, must be "/" for one service: the rest of the site`,
    ];
  },

  function* vercelLeadsToOne({ edge, services }) {
    if (edge.kind !== "vercel") return;
    for (const [i, { path }] of services.entries()) {
      if (path === "/") continue;
      const one =
        "Vercel's own edge leads all of a domain to one project (edge.kind cloudfront leads to several)";
      yield services.length === 1
        ? [["services", i, "path"], `found "${path}", must be "/": ${one}`]
        : [["services", i], `found a service at ${path}, must be left out: ${one}`];
    }
  },

  function* zoneIsMadeOrThere({ dns }) {
    if (dns.kind !== "route53") return;
    const [key, message] =
      dns.zoneId === undefined
        ? (["queryLogId", "must be left out: without dns.zoneId the stack makes zone and log"] as const)
        : (["queryLogRetentionDays", "must be left out: the zone of dns.zoneId has its own log"] as const);
    if (dns[key] !== undefined) yield [["dns", key], `found ${JSON.stringify(dns[key])}, ${message}`];
  },

  function* cloudflareHasTheDomain({ dns, domain, edge }) {
    if (dns.kind !== "cloudflare") return;
    if (domain !== dns.zone && !domain.endsWith(`.${dns.zone}`)) {
      yield [["dns", "zone"], `found "${dns.zone}", must be the domain (${domain}) or one above it`];
    } else if (domain !== dns.zone && edge.kind === "cloudfront") {
      yield [
        ["dns", "kind"],
        `found "cloudflare", must be route53 with edge.kind cloudfront, or the zone the domain itself: no CAA record stands beside the CNAME that ${domain} would be`,
      ];
    }
  },

  function* addressesAreNotHidden({ edge, services }) {
    const taken = [
      ...services.map(({ name, path }) => ({ path, owner: name })),
      ...(edge.kind === "cloudfront" ? [files] : []),
    ];
    for (const [i, service] of services.entries()) {
      for (const [at, address] of addressesOf(service)) {
        const [path = ""] = address.split("?");
        const hidden = taken.find(
          (other) => other.path.length > service.path.length && isBelow(path, other.path),
        );
        if (!hidden) continue;
        yield [
          ["services", i, ...at],
          `found "${address}", must not be below ${hidden.path}: there ${hidden.owner} answers`,
        ];
      }
    }
  },
];

const files = { path: staticFiles, owner: "the bucket of static files" };

function isBelow(address: string, path: string): boolean {
  return path === "/" || address === path || address.startsWith(`${path}/`);
}

/** Everything that a service is asked for, and where it stands. */
function* addressesOf({
  path,
  healthPath,
  pages,
  routes,
}: WrittenConfig["services"][number]): Iterable<readonly [at: Keys, address: string]> {
  yield [["path"], path];
  if (healthPath) yield [["healthPath"], healthPath];
  else yield [["path"], `${path === "/" ? "" : path}/api/health`];
  for (const [name, page] of Object.entries(pages)) yield [["pages", name], page];
  for (const [name, route] of Object.entries(routes)) yield [["routes", name], route];
}
