import { drop, type Mutation, on, set, unset } from "./mutation.ts";

const firewall = "vercel:index/firewallConfig:FirewallConfig";
const domain = "vercel:index/projectDomain:ProjectDomain";
const variant = "Vercel's own edge, its domain in a zone at Cloudflare";
const rule = (index: number, path: string) => `rules.rules.${index}.${path}`;

export const vercelEdgeMutations: readonly Mutation[] = [
  {
    rule: "app-firewall-scanners-denied",
    title: "scanners' requests are logged alone",
    variant,
    change: on(firewall, set(rule(0, "action.action"), "log")),
  },
  {
    rule: "app-firewall-scanners-denied",
    title: "OWASP's rules against SQL injection log",
    variant,
    change: on(firewall, set("managedRulesets.owasp.sqli.action", "log")),
  },
  {
    rule: "app-site-rate-limited",
    title: "nothing limits what one address may send",
    variant,
    change: on(firewall, unset(rule(3, "action.rateLimit"))),
  },
  {
    rule: "app-site-rate-limited",
    title: "the limit counts by a header that a client chooses",
    variant,
    change: on(firewall, set(rule(3, "action.rateLimit.keys"), ["header:x-viewer-address"])),
  },
  {
    rule: "edge-requests-reach-their-project",
    title: "the domain leads on to another host",
    also: ["app-host-name-attached"],
    variant,
    change: on(domain, set("redirect", "www.example.org")),
  },
  {
    rule: "edge-requests-reach-their-project",
    title: "another host leads to production, of which no check knows",
    also: ["edge-dns-origins-found", "edge-issuers-limited", "providers-ask-their-vendors"],
    variant,
    change: on("pagerduty:index/tag:Tag", (r) => ({
      ...r,
      type: domain,
      props: { domain: "elsewhere.example.org", projectId: "prj_1", teamId: "team_Zb3kQ9vXw1LrT7nY" },
    })),
  },
  {
    rule: "app-login-rate-limited",
    title: "log-ins are counted by a header that a client chooses",
    variant,
    change: on(firewall, set(rule(1, "action.rateLimit.keys"), ["header:x-forwarded-for"])),
  },
  {
    rule: "app-firewall-lets-customers-in",
    title: "what did not come through CloudFront is denied",
    variant,
    change: on(
      firewall,
      set("rules.rules.4", {
        name: "Lock the origin",
        active: true,
        conditionGroups: [
          {
            conditions: [
              { type: "header", key: "x-origin-secret", op: "nex" },
              { type: "path", op: "pre", value: "/.well-known/acme-challenge/", neg: true },
            ],
          },
        ],
        action: { action: "deny" },
      }),
    ),
  },
];

const record = (name: RegExp) => ({ type: "cloudflare:index/dnsRecord:DnsRecord", name });
const behind = "CloudFront, its domain the zone at Cloudflare";

export const cloudflareMutations: readonly Mutation[] = [
  {
    rule: "edge-dns-not-proxied",
    title: "customers reach Cloudflare's proxy",
    variant,
    change: on(record(/-edge-a$/), set("proxied", true)),
  },
  {
    rule: "edge-zone-signed-by-cloudflare",
    title: "the zone is not signed",
    variant,
    change: drop("cloudflare:index/zoneDnssec:ZoneDnssec"),
  },
  {
    rule: "edge-zone-signed-by-cloudflare",
    title: "signing is switched off",
    variant,
    change: on("cloudflare:index/zoneDnssec:ZoneDnssec", set("status", "disabled")),
  },
  {
    rule: "edge-dns-origins-found",
    title: "no record leads to Vercel",
    variant,
    change: drop(record(/-edge-a$/)),
  },
  {
    rule: "edge-dns-leads-nowhere-else",
    also: ["edge-dns-origins-found"],
    title: "the domain's address is somebody else's",
    variant,
    change: on(record(/-edge-a$/), set("content", "192.0.2.1")),
  },
  {
    rule: "edge-issuers-limited",
    title: "the authority that renews the certificate may not issue",
    variant,
    change: on(record(/-caa-letsencrypt$/), set("data.value", "ca.example.net")),
  },
  {
    rule: "edge-dns-answers-last",
    title: "answers are kept for a month",
    variant,
    change: on(record(/-edge-a$/), set("ttl", 2_592_000)),
  },
  {
    rule: "edge-dns-ipv4",
    also: ["edge-dns-ipv6"],
    title: "the domain does not lead to CloudFront",
    variant: behind,
    change: drop(record(/-edge-cname$/)),
  },
  {
    rule: "edge-certificate-renews-itself",
    title: "no record proves the domain",
    variant: behind,
    change: drop(record(/-validation$/)),
  },
];
