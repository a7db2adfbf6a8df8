import { drop, type Mutation, on, set, unset } from "./mutation.ts";

const distribution = "aws:cloudfront/distribution:Distribution";
const record = (name: RegExp) => ({ type: "aws:route53/record:Record", name });

export const edgeDnsMutations: readonly Mutation[] = [
  {
    rule: "edge-dns-ipv4",
    title: "the domain has no A record",
    change: drop(record(/-edge-a$/)),
  },
  {
    rule: "edge-dns-ipv6",
    title: "the AAAA record is for another name",
    change: on(record(/-edge-aaaa$/), set("name", "www.example.org")),
  },
  {
    rule: "edge-ipv6-answered",
    title: "CloudFront answers over IPv4 alone",
    change: on(distribution, set("isIpv6Enabled", false)),
  },
  {
    rule: "edge-issuers-limited",
    title: "anybody may issue certificates",
    change: drop(record(/-caa$/)),
  },
  {
    rule: "edge-issuers-limited",
    title: "an authority that nobody uses may issue certificates",
    stack: "staging",
    change: on(record(/-caa$/), set("records.2", '0 issue "ca.example.net"')),
  },
  {
    rule: "edge-issuers-limited",
    title: "the authority that renews the certificate may not issue",
    change: on(record(/-caa$/), set("records.0", '0 issue ";"')),
  },
  {
    rule: "edge-dns-ipv4",
    title: "half of the customers are led to the site",
    change: on(
      record(/-edge-a$/),
      set("weightedRoutingPolicies", [{ weight: 128 }]),
      set("setIdentifier", "half"),
    ),
  },
  {
    rule: "edge-dns-leads-nowhere-else",
    also: ["edge-dns-origins-found"],
    title: "the service's name leads to somebody else",
    change: on(record(/-origin-portal$/), set("records.0", "portal.example.net")),
  },
  {
    rule: "edge-dns-leads-nowhere-else",
    also: ["edge-issuers-limited"],
    title: "the domain's mail goes to somebody else",
    change: on(record(/-caa$/), set("type", "MX"), set("records", ["10 mx.example.net"])),
  },
  {
    rule: "edge-dns-answers-last",
    title: "answers are kept for a month",
    change: on(record(/-origin-portal$/), set("ttl", 2_592_000)),
  },
  {
    rule: "edge-zone-public-and-kept",
    title: "the zone may be deleted with its records",
    change: on("aws:route53/zone:Zone", set("forceDestroy", true)),
  },
  {
    rule: "edge-dns-origins-found",
    title: "nothing leads to the service",
    change: drop(record(/-origin-portal$/)),
  },
  {
    rule: "edge-dns-answers-last",
    title: "a record says nothing of how long it holds",
    change: on(record(/-caa$/), unset("ttl")),
  },
];
