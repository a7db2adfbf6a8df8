/** The domain's records. */
import { about } from "../../aws.ts";
import { projectDomain, projectsAt } from "../../declared/application.ts";
import { cloudflareRecord, dnsRecords, record, zone } from "../../declared/dns.ts";
import { customersHosts, distribution, serviceBehaviours } from "../../declared/edge.ts";
import { eachRule } from "../../each-rule.ts";
import { issuersIn, relevant } from "../../effects/caa.ts";
import { forwarded } from "../../effects/cloudfront.ts";
import { isOfMailOrProof } from "../../effects/dns-record.ts";
import { equals, show } from "../../expect.ts";
import type { Resource, Stack } from "../../resource.ts";
import { type Result, type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";

/** The names of Amazon's own CA (ACM user guide, "Configure a CAA record"), and that of Vercel's. */
const amazon = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];
const vercel = "letsencrypt.org";

/** Seconds. Below, every visit waits for the answer; above, a change takes more than a day to reach everybody. */
const ttl = { least: 30, most: 86_400 };

const cloudfront = { edge: ["cloudfront"], dns: ["route53", "cloudflare"] } as const;

export const dnsRules: readonly Rule[] = [
  eachRule({
    id: "edge-dns-ipv4",
    item: "EDGE-13",
    needs: cloudfront,
    each: distribution,
    check: (site, stack) => unserved(site, stack, "A"),
  }),
  eachRule({
    id: "edge-dns-ipv6",
    item: "EDGE-13",
    needs: cloudfront,
    each: distribution,
    check: (site, stack) => unserved(site, stack, "AAAA"),
  }),
  resourceRule({
    id: "edge-ipv6-answered",
    item: "EDGE-13",
    needs: { edge: ["cloudfront"] },
    type: distribution,
    check: ({ props }) => equals(props, "isIpv6Enabled", true),
  }),
  stackRule({
    id: "edge-dns-leads-nowhere-else",
    item: "EDGE-13",
    checkStack: (stack, { review }) => {
      const served = [
        ...customersHosts(stack),
        ...stack.ofType(projectDomain).map(({ props }) => props.domain),
      ];
      if (served.length === 0) return { observed: "no host name is served", wanted: "the stack's" };
      return dnsRecords(stack)
        .filter(({ sites }) => sites.length === 0)
        .filter((r) => !r.explained || r.partial.length > 0)
        .filter(({ resource, type, name }) => !review.hasPath(resource.type, `record.${type}.${name}`))
        .flatMap(({ resource, type, name }) =>
          about(
            resource,
            !isOfMailOrProof({ type }) && served.some((host) => covers(name, type, host))
              ? { observed: `it leads ${name} elsewhere (${type})`, wanted: "to this stack" }
              : {
                  doubt: `it leads ${name} to what this stack does not explain (in reviewed.yaml: path record.${type}.${name})`,
                },
          ),
        );
    },
  }),
  eachRule({
    id: "edge-dns-origins-found",
    item: "EDGE-13",
    each: projectDomain,
    check: ({ props }, stack) =>
      dnsRecords(stack).some(
        ({ type, name, explained }) =>
          (type === "CNAME" || type === "A") && name === props.domain && explained,
      ) || comesThroughCloudFront(props.domain, stack)
        ? undefined
        : { observed: `no record leads from ${props.domain} to Vercel`, wanted: "declared" },
  }),
  stackRule({
    id: "edge-dns-answers-last",
    item: "EDGE-13",
    checkStack: (stack) => {
      const lasting = [
        ...stack.ofType(record).filter(({ props }) => !props.aliases?.length),
        // At 1 Cloudflare chooses: 300 seconds.
        ...stack.ofType(cloudflareRecord).filter((r) => r.props.ttl !== 1),
      ];
      if (lasting.length === 0 && dnsRecords(stack).length === 0)
        return { observed: "no record is declared", wanted: "declared" };
      return lasting
        .filter(({ props }) => props.ttl === undefined || props.ttl < ttl.least || props.ttl > ttl.most)
        .map((r) => ({
          resource: r as Resource,
          observed: `its ttl is ${show(r.props.ttl, "seconds")}`,
          wanted: `from ${ttl.least} to ${ttl.most}`,
        }));
    },
  }),
  // Behind Cloudflare's proxy the edge counts Cloudflare's addresses, and Vercel cannot renew its certificate
  // (Vercel, "Why running another CDN on top of Vercel is not recommended").
  eachRule({
    id: "edge-dns-not-proxied",
    item: "EDGE-13",
    needs: { dns: ["cloudflare"] },
    each: cloudflareRecord,
    check: ({ props }) =>
      props.proxied === true
        ? { observed: "customers reach Cloudflare's proxy by it", wanted: "the edge itself" }
        : undefined,
  }),
  eachRule({
    id: "edge-zone-public-and-kept",
    item: "EDGE-13",
    needs: { dns: ["route53"] },
    each: zone,
    check: ({ props }, stack) => [
      ...(props.forceDestroy === true
        ? [{ observed: "it may be deleted with its records", wanted: "only when it is empty" }]
        : []),
      ...(props.vpcs?.length ? [{ observed: "it answers within networks alone", wanted: "public" }] : []),
      ...customersHosts(stack)
        .filter((host) => !isWithin(host, props.name ?? ""))
        .map((host) => ({ observed: `${host} is not within it`, wanted: "its own" })),
    ],
  }),
  stackRule({
    id: "edge-issuers-limited",
    item: "EDGE-14",
    checkStack: (stack) => {
      const entries = caaEntries(stack);
      const hosts = stack.ofType(projectDomain).map((domain) => domain.props.domain);
      const sites = stack.ofType(distribution);
      if (sites.length + hosts.length === 0)
        return { observed: "no host name is served", wanted: "the stack's" };
      const inUse = sites.length > 0 ? [...amazon, vercel] : [vercel];
      return [
        ...sites.flatMap((site) =>
          (site.props.aliases ?? []).flatMap((alias) =>
            about(site as Resource, issuing(alias, relevant(alias, entries), amazon)),
          ),
        ),
        ...hosts.flatMap((host) => issuing(host, relevant(host, entries), [vercel])),
        ...[...entries].flatMap(([name, own]) => strangers(name, own, inUse)),
      ];
    },
  }),
];

/** Whether customers ask CloudFront for a name, and CloudFront asks the service by it. */
function comesThroughCloudFront(host: string, stack: Stack): boolean {
  return stack
    .ofType(distribution)
    .filter(({ props }) => props.aliases?.includes(host))
    .flatMap(serviceBehaviours)
    .some(
      ({ behaviour, origin }) =>
        forwarded(behaviour)?.host === true &&
        projectsAt(origin.domainName, stack).some((app) => projectsAt(host, stack).includes(app)),
    );
}

/** The names of a distribution from which not every question leads to it. */
function unserved(
  site: Resource<NonNullable<(typeof distribution)["props"]>>,
  stack: Stack,
  type: "A" | "AAAA",
): Result {
  // A CNAME leads to the addresses of both kinds that a distribution has.
  const records = dnsRecords(stack).filter(
    (r) => r.sites.includes(site as Resource) && [type, "CNAME"].includes(r.type),
  );
  return ((site.props.aliases ?? []) as readonly string[]).flatMap((alias) => {
    const own = records.filter(({ name }) => name === alias);
    if (own.length === 0)
      return [{ observed: `no ${type} record leads from ${alias} to it`, wanted: "declared" }];
    return own.flatMap(({ resource, partial }) =>
      partial.flatMap((policy) =>
        about(resource, {
          observed: `it answers a part of the questions alone (${policy})`,
          wanted: "all",
        }),
      ),
    );
  });
}

/** Whether a record answers, or gives away, a host name that this stack serves. */
function covers(name: string, type: string, host: string): boolean {
  if (type === "NS") return isWithin(host, name);
  return name === host || (name.startsWith("*.") && isWithin(host, name.slice(2)));
}

function isWithin(host: string, name: string): boolean {
  return host === name || host.endsWith(`.${name}`);
}

function caaEntries(stack: Stack): ReadonlyMap<string, readonly string[]> {
  const records = dnsRecords(stack).filter(({ type }) => type === "CAA");
  const byName = Map.groupBy(records, ({ name }) => name);
  return new Map([...byName].map(([name, own]) => [name, own.flatMap(({ values }) => values)]));
}

function issuing(host: string, entries: readonly string[], needed: readonly string[]): readonly Violation[] {
  const { names } = issuersIn(entries);
  if (entries.length === 0)
    return [{ observed: `no CAA record says who may issue for ${host}`, wanted: "said" }];
  return needed.some((issuer) => names.includes(issuer))
    ? []
    : [
        {
          observed: `${needed[0]} may not issue for ${host}, whose certificate it renews`,
          wanted: "allowed",
        },
      ];
}

function strangers(name: string, entries: readonly string[], inUse: readonly string[]): readonly Violation[] {
  const { names, wildcards } = issuersIn(entries);
  return [...new Set([...names, ...wildcards])]
    .filter((issuer) => !inUse.includes(issuer))
    .map((issuer) => ({
      observed: `${issuer} may issue for ${name}`,
      wanted: `limited to ${inUse.includes(amazon[0] ?? "") ? `${amazon[0]} and ${vercel}` : vercel}`,
    }));
}
