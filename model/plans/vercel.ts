/** What of Vercel needs which plan. */
import type { Feature } from "./plan.ts";

const enterprise = { of: "vercel", plan: "enterprise" } as const;
const pro = { of: "vercel", plan: "pro" } as const;
const hobby = { of: "vercel", plan: "hobby" } as const;

const project = ["vercel:index/project:Project"];
const firewall = ["vercel:index/firewallConfig:FirewallConfig"];

export const vercelFeatures = {
  "vercel-secure-compute": {
    name: "Secure Compute (a private network with peering)",
    offer: enterprise,
    confidence: "cited",
    source: "vercel.com/docs/connectivity/static-ips (2026-04)",
    types: ["vercel:index/network:Network"],
    instead: "network.kind: static-ips, addresses of a pool that others share, at $100 a month for a project",
  },
  "vercel-static-ips": {
    name: "an address of one's own for functions (static IPs)",
    offer: pro,
    confidence: "cited",
    source: "vercel.com/docs/connectivity/static-ips (2026-04)",
    // No provider declares them: the config asks.
    types: [],
  },
  "vercel-rate-limit-by-header": {
    name: "a rate limit that counts by a header",
    offer: enterprise,
    confidence: "cited",
    source: "vercel.com/docs/vercel-firewall/vercel-waf/rate-limiting (2026-08)",
    types: firewall,
    uses: ({ rules }) => limitKeys(rules).some((key) => !["ip", "ja4"].includes(key)),
    instead:
      "edge.kind: vercel, whose firewall sees visitors' addresses: it counts by these or JA4 digests, for ten minutes at most",
  },
  "vercel-managed-owasp": {
    name: "the managed OWASP rules of the firewall",
    offer: enterprise,
    confidence: "weak",
    source:
      "an undated mirror of vercel.com/docs/vercel-firewall/vercel-waf/managed-rulesets; a price table of 2026 has rates without a plan",
    types: firewall,
    uses: ({ managedRulesets }) => Object.hasOwn(Object(managedRulesets), "owasp"),
    instead: "rules of one's own, and the WAF of CloudFront",
  },
  "vercel-firewall-rules": {
    name: "the firewall's own rules",
    offer: hobby,
    confidence: "cited",
    source: "vercel.com/docs/vercel-firewall/vercel-waf/usage-and-pricing (2026-06)",
    types: firewall,
  },
  "vercel-rolling-releases": {
    name: "rolling releases",
    offer: pro,
    confidence: "cited",
    source: "vercel.com/docs/rolling-releases (2026-06)",
    types: ["vercel:index/projectRollingRelease:ProjectRollingRelease"],
    instead: "an instant rollback",
  },
  "vercel-more-rolling-releases": {
    name: "rolling releases of more than one project",
    offer: enterprise,
    confidence: "cited",
    source: "vercel.com/docs/rolling-releases (2026-06)",
    types: ["vercel:index/projectRollingRelease:ProjectRollingRelease"],
    beyond: 1,
    instead: "rolling releases of one project of the team",
  },
  "vercel-skew-protection": {
    name: "skew protection",
    offer: pro,
    confidence: "cited",
    source: "vercel.com/docs/skew-protection, as quoted (2026-07)",
    types: project,
    uses: (props) => Object.hasOwn(props, "skewProtection"),
  },
  "vercel-drains": {
    name: "drains of logs and traces, by which Datadog gets them",
    offer: pro,
    confidence: "cited",
    source: "types of @pulumiverse/vercel 5.4.1, LogDrain and TraceDrain",
    types: project,
  },
  "vercel-deployment-protection": {
    name: "the log-in before previews, prioritised builds and protected source maps",
    offer: enterprise,
    confidence: "guess",
    source: "not found",
    types: project,
  },
  "vercel-deployment-retention": {
    name: "retention of deployments",
    offer: hobby,
    confidence: "cited",
    source: "vercel.com/docs/deployment-retention (2025-12)",
    types: ["vercel:index/projectDeploymentRetention:ProjectDeploymentRetention"],
  },
  "vercel-projects": {
    name: "domains and variables of projects",
    offer: hobby,
    confidence: "guess",
    source: "from memory",
    types: [
      "vercel:index/projectDomain:ProjectDomain",
      "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
    ],
  },
} as const satisfies Readonly<Record<string, Feature>>;

/** What the rate limits of a firewall count by. */
function limitKeys(rules: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(rules) ? rules : (Object(rules).rules ?? []);
  return all.flatMap((rule) => Object(Object(Object(rule).action).rateLimit).keys ?? []).map(String);
}
