import { type Mutation, on, set, unset } from "./mutation.ts";
import { relink } from "./relink.ts";

const firewall = "vercel:index/firewallConfig:FirewallConfig";
const password = "random:index/randomPassword:RandomPassword";
const header = (key: string, op: string) => ({ type: "header", key, op });

export const applicationFirewallMutations: readonly Mutation[] = [
  {
    rule: "app-firewall-on",
    title: "the firewall is switched off",
    change: on(firewall, set("enabled", false)),
  },
  {
    rule: "app-firewall-managed-rules",
    title: "SQL injection is only logged",
    change: on(firewall, set("managedRulesets.owasp.sqli.action", "log")),
  },
  {
    rule: "app-firewall-managed-rules",
    title: "rules for scanners are switched off",
    change: on(firewall, set("managedRulesets.owasp.sd.active", false)),
  },
  {
    rule: "app-firewall-not-bypassed",
    title: "everybody who says so is spared the firewall",
    change: on(
      firewall,
      set("rules.rules.3", {
        name: "Partners",
        conditionGroups: [{ conditions: [{ type: "header", key: "x-partner", op: "ex" }] }],
        action: { action: "bypass" },
      }),
    ),
  },
  {
    rule: "app-firewall-lets-customers-in",
    title: "the page for log-ins is denied",
    change: on(
      firewall,
      set("rules.rules.3", {
        name: "Closed",
        conditionGroups: [{ conditions: [{ type: "path", op: "eq", value: "/login" }] }],
        action: { action: "deny" },
      }),
    ),
  },
  {
    rule: "app-api-rate-limited",
    title: "the API is limited for one country",
    stack: "staging",
    change: on(
      firewall,
      set("rules.rules.2.conditionGroups.0.conditions.1", { type: "geo_country", op: "eq", value: "AQ" }),
    ),
  },
  {
    rule: "app-login-rate-limited",
    title: "all customers share one limit",
    change: on(firewall, set("rules.rules.1.action.rateLimit.keys", ["ip"])),
  },
  {
    rule: "app-origin-locked",
    also: ["app-crons-let-in"],
    title: "the lock is for previews alone",
    change: on(
      firewall,
      ...[0, 1, 2, 3, 4, 5].map((i) =>
        set(`rules.rules.0.conditionGroups.${i}.conditions.0.value`, "preview"),
      ),
    ),
  },
  {
    rule: "app-origin-locked",
    also: ["app-crons-let-in"],
    title: "whoever calls himself Vercel's clock is let in",
    change: on(
      firewall,
      ...[0, 1, 2, 3, 4, 5].map((i) =>
        set(`rules.rules.0.conditionGroups.${i}.conditions.4`, {
          type: "user_agent",
          op: "neq",
          value: "vercel-cron/1.0",
        }),
      ),
    ),
  },
  {
    rule: "app-crons-let-in",
    title: "Vercel's clock is refused like everybody",
    change: on(
      firewall,
      set("rules.rules.0.conditionGroups.0.conditions.2", header("x-origin-secret", "nex")),
    ),
  },
  {
    rule: "app-crons-let-in",
    title: "the clock's secret opens every path",
    change: on(firewall, unset("rules.rules.0.conditionGroups.0"), unset("rules.rules.0.conditionGroups.0")),
  },
  {
    rule: "app-crons-let-in",
    also: ["app-secrets-for-one-purpose"],
    title: "the firewall demands another secret than the jobs have",
    change: on(firewall, relink("rules", password, "portal-cron-secret", "portal-session-secret")),
  },
  {
    rule: "app-certificates-issued",
    title: "authorities need CloudFront's secret",
    change: on(
      firewall,
      ...[0, 1, 2, 3, 4, 5].map((i) => unset(`rules.rules.0.conditionGroups.${i}.conditions.3`)),
    ),
  },
  {
    rule: "app-api-rate-limited",
    title: "the API is not limited",
    change: on(firewall, unset("rules.rules.2")),
  },
  {
    rule: "app-login-rate-limited",
    title: "a password a second may be tried",
    change: on(firewall, set("rules.rules.1.action.rateLimit.limit", 600)),
  },
  {
    rule: "app-origin-locked",
    title: "any value of the header opens the origin",
    change: on(firewall, ...[5, 3, 1].map((i) => unset(`rules.rules.0.conditionGroups.${i}`))),
  },
  {
    rule: "app-origin-locked",
    also: ["app-crons-let-in"],
    title: "what comes around CloudFront is only logged",
    stack: "staging",
    change: on(firewall, set("rules.rules.0.action.action", "log")),
  },
  {
    rule: "app-firewall-lets-customers-in",
    title: "looking at the page for log-ins counts as an attempt",
    change: on(firewall, unset("rules.rules.1.conditionGroups.0.conditions.1")),
  },
  {
    rule: "app-firewall-lets-customers-in",
    title: "browsers are denied",
    stack: "staging",
    change: on(
      firewall,
      set("rules.rules.3", {
        name: "Browsers",
        conditionGroups: [{ conditions: [{ type: "user_agent", op: "sub", value: "Mozilla" }] }],
        action: { action: "deny" },
      }),
    ),
  },
];
