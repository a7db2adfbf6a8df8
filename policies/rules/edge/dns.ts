/** The domain's records. */
import type * as aws from "@pulumi/aws";
import { about } from "../../aws.ts";
import { projectDomain, projectsAt } from "../../declared/application.ts";
import { record, zone } from "../../declared/dns.ts";
import { distribution, serviceBehaviours } from "../../declared/edge.ts";
import { eachRule } from "../../each-rule.ts";
import { issuersIn, relevant } from "../../effects/caa.ts";
import { forwarded } from "../../effects/cloudfront.ts";
import { fullName, isExplained, isOfMailOrProof, partial } from "../../effects/dns-record.ts";
import { equals, show } from "../../expect.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import { type Result, type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";
import { whenKnown } from "../../unknown-value.ts";

type RecordResource = Resource<NonNullable<(typeof record)["props"]>>;

/** The names of Amazon's own CA (ACM user guide, "Configure a CAA record"), and that of Vercel's. */
const amazon = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];
const vercel = "letsencrypt.org";

/** Seconds. Below, every visit waits for the answer; above, a change takes more than a day to reach everybody. */
const ttl = { least: 30, most: 86_400 };

export const dnsRules: readonly Rule[] = [
  eachRule({
    id: "edge-dns-ipv4",
    item: "EDGE-13",
    each: distribution,
    check: (site, stack) => unserved(site, stack, "A"),
  }),
  eachRule({
    id: "edge-dns-ipv6",
    item: "EDGE-13",
    each: distribution,
    check: (site, stack) => unserved(site, stack, "AAAA"),
  }),
  resourceRule({
    id: "edge-ipv6-answered",
    item: "EDGE-13",
    type: distribution,
    check: ({ props }) => equals(props, "isIpv6Enabled", true),
  }),
  stackRule({
    id: "edge-dns-leads-nowhere-else",
    item: "EDGE-13",
    checkStack: (stack, { review }) => {
      const served = [
        ...stack.ofType(distribution).flatMap(({ props }) => props.aliases ?? []),
        ...stack.ofType(projectDomain).map(({ props }) => props.domain),
      ];
      if (served.length === 0) return { observed: "no host name is served", wanted: "the stack's" };
      return settled(stack)
        .filter((r) => linked(r as Resource, "aliases", distribution).length === 0)
        .filter(({ props }) => !isExplained(props) || partial(props).length > 0)
        .filter((r) => !review.hasPath(record.token, `record.${r.props.type}.${nameOf(r)}`))
        .flatMap((r) => {
          const name = nameOf(r);
          const { type } = r.props;
          return about(
            r as Resource,
            !isOfMailOrProof(r.props) && served.some((host) => covers(name, type, host))
              ? { observed: `it leads ${name} elsewhere (${type})`, wanted: "to this stack" }
              : {
                  doubt: `it leads ${name} to what this stack does not explain (in reviewed.yaml: path record.${type}.${name})`,
                },
          );
        });
    },
  }),
  eachRule({
    id: "edge-dns-origins-found",
    item: "EDGE-13",
    each: projectDomain,
    check: ({ props }, stack) =>
      settled(stack).some(
        (r) => r.props.type === "CNAME" && nameOf(r) === props.domain && isExplained(r.props),
      ) || comesThroughCloudFront(props.domain, stack)
        ? undefined
        : { observed: `no record leads from ${props.domain} to Vercel`, wanted: "declared" },
  }),
  eachRule({
    id: "edge-dns-answers-last",
    item: "EDGE-13",
    each: record,
    where: ({ props }) => !props.aliases?.length,
    check: ({ props }) =>
      props.ttl !== undefined && props.ttl >= ttl.least && props.ttl <= ttl.most
        ? undefined
        : {
            observed: `its ttl is ${show(props.ttl, "seconds")}`,
            wanted: `from ${ttl.least} to ${ttl.most}`,
          },
  }),
  eachRule({
    id: "edge-zone-public-and-kept",
    item: "EDGE-13",
    each: zone,
    check: ({ props }, stack) => [
      ...(props.forceDestroy === true
        ? [{ observed: "it may be deleted with its records", wanted: "only when it is empty" }]
        : []),
      ...(props.vpcs?.length ? [{ observed: "it answers within networks alone", wanted: "public" }] : []),
      ...stack
        .ofType(distribution)
        .flatMap((site) => site.props.aliases ?? [])
        .filter((alias) => !isWithin(alias, props.name ?? ""))
        .map((alias) => ({ observed: `${alias} is not within it`, wanted: "its own" })),
    ],
  }),
  eachRule({
    id: "edge-issuers-limited",
    item: "EDGE-14",
    each: distribution,
    check: ({ props }, stack) => {
      const entries = caaEntries(stack);
      const origins = stack.ofType(projectDomain).map((domain) => domain.props.domain);
      return [
        ...(props.aliases ?? []).flatMap((alias) => issuing(alias, relevant(alias, entries), amazon)),
        ...origins.flatMap((host) => issuing(host, relevant(host, entries), [vercel])),
        ...[...entries].flatMap(([name, own]) => strangers(name, own)),
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
function unserved(site: Resource<aws.cloudfront.DistributionArgs>, stack: Stack, type: "A" | "AAAA"): Result {
  const records = stack.attached(record, "aliases", site).filter(({ props }) => props.type === type);
  return ((site.props.aliases ?? []) as readonly string[]).flatMap((alias) => {
    const own = records.filter((r) => nameOf(r) === alias);
    if (own.length === 0)
      return [{ observed: `no ${type} record leads from ${alias} to it`, wanted: "declared" }];
    return own.flatMap((r) =>
      partial(r.props).flatMap((policy) =>
        about(r as Resource, {
          observed: `it answers a part of the questions alone (${policy})`,
          wanted: "all",
        }),
      ),
    );
  });
}

/** Records whose content is known: that of a validation comes from its certificate. */
function settled(stack: Stack): readonly RecordResource[] {
  return stack.ofType(record).filter(({ props }) => whenKnown(() => props.type) !== undefined);
}

function nameOf(r: RecordResource): string {
  return fullName(r.props.name, linked(r as Resource, "zoneId", zone)[0]?.props.name);
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
  const records = settled(stack).filter(({ props }) => props.type === "CAA");
  const byName = Map.groupBy(records, nameOf);
  return new Map([...byName].map(([name, own]) => [name, own.flatMap(({ props }) => props.records ?? [])]));
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

function strangers(name: string, entries: readonly string[]): readonly Violation[] {
  const { names, wildcards } = issuersIn(entries);
  return [...new Set([...names, ...wildcards])]
    .filter((issuer) => issuer !== vercel && !amazon.includes(issuer))
    .map((issuer) => ({
      observed: `${issuer} may issue for ${name}`,
      wanted: `limited to ${amazon[0]} and ${vercel}`,
    }));
}
