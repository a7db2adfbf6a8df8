/** Programs of others: only what somebody who knows their vendors would act on. */
import { describe, expect, it } from "vitest";
import { checkState, type Program, programs, stateOf } from "./foreign.ts";

/** Judged by hand, each: what is wrong of it, and would be mended. */
const expected: Readonly<Record<Program, readonly string[]>> = {
  "shop-typescript": [
    // A port of the database is open to an office's address on the internet.
    "database-clients-private db",
    "database-settings-sound shop",
    "database-backups-retained shop",
    "database-deletion-protected shop",
    "edge-buckets-versioned media",
    "checks-from-several-regions home",
    "alerts-page-once db-storage",
    // @pagerduty-Shopp: the service is named Shop.
    "alerts-page-declared-service checkout-latency",
    "alerts-say-when-over db-cpu",
    "alert-values-agree checkout-latency",
    "escalation-repeats storefront",
    "paging-service-urgent shop",
    "incidents-stay-open shop",
  ],
  "ledger-python": [
    "edge-https-only ledger",
    "warnings-page-nobody api-errors",
    "alerts-say-when-over burn",
    "phone-numbers-ring cy-phone",
    // Three types of the provider's version 6, which go together.
    "resource-types-supported statements",
    "roles-rights-narrow statements",
  ],
  "intranet-yaml": [
    // SSH from anywhere.
    "network-administration-closed app",
    "database-multi-zone wiki",
    "downtimes-short all",
    "escalation-repeats it",
    "escalation-starts-on-call it",
    "paging-service-urgent intranet",
    "incidents-stay-open intranet",
    // Any repository of the organisation may deploy.
    "deploy-role-for-one-environment ci",
    // Nobody says which policy: the vendor's oldest.
    "sites-tls-floor app",
  ],
  // Functions, tables, queues; a key of a user's; one person on call.
  "orders-typescript": [
    "edge-tls-floor shopfront",
    "edge-buckets-not-public uploads",
    "resources-admit-nobody-from-outside uploads",
    "resources-admit-nobody-from-outside order-events",
    // No order for half an hour, and nobody hears of it.
    "missing-reports-notify heartbeat",
    "alerts-page-once dlq-depth",
    "escalation-repeats orders",
    "escalation-reaches-two-people orders",
    "roles-rights-narrow fulfil",
    "encryption-keys-rotate orders",
    // Not the table whose entries end by themselves.
    "stores-restorable orders",
    "stores-deletion-protected orders",
    "functions-ask-who-calls admin",
    "runtimes-supported nightly-export",
    "environments-without-plain-secrets fulfil",
    "queues-keep-dead-letters emails",
    "logs-end fulfil",
    "users-without-access-keys ci-deploy",
  ],
  // Fargate behind a balancer, Aurora, Redis.
  "booking-python": [
    "network-administration-closed bastion",
    "machines-ask-for-tokens bastion",
    // Weekends.
    "escalation-targets-known booking",
    "incidents-stay-open booking",
    "roles-rights-narrow task",
    "stores-not-public booking-1",
    "stores-restorable booking",
    "stores-encrypted booking",
    "stores-survive-a-zone booking",
    "stores-deletion-protected booking",
    "stores-deletion-protected booking",
    "cache-nodes-use-tls redis",
    "sites-redirect-to-https http",
    "sites-tls-floor https",
    "environments-without-plain-secrets web",
    "images-scanned-and-fixed booking",
    "logs-end web",
    "firewalls-guard-something booking",
    "names-lead-somewhere old-blog",
  ],
  // Vercel, Neon, Cloudflare; an orchestration of events, objectives.
  "notes-yaml": [
    "app-secrets-marked-sensitive openai",
    "app-variables-for-production-alone db",
    "stores-restorable notes",
    "sites-redirect-to-https always_use_https",
    "sites-redirect-to-https ssl",
    "sites-tls-floor min_tls_version",
    "names-lead-somewhere old",
    "checks-frequent web",
    "checks-from-several-regions web",
    "downtimes-short deploys",
    "alerts-page-once logs",
    "objectives-alerted api",
    "escalation-repeats billing",
    "escalation-reaches-two-people billing",
    "people-may-respond gus",
    // Of high urgency, as PagerDuty has filled in.
    "acknowledgement-expires web",
    "paging-service-urgent api",
    "incidents-stay-open billing",
    "resource-types-supported old",
    "orchestrations-let-alerts-through api",
  ],
};

const open = (findings: readonly { severity: string; by: string; urn: string | null }[]) =>
  findings.filter((f) => f.severity !== "note").map(({ by, urn }) => `${by} ${urn?.split("::").at(-1)}`);

describe.each(programs)("of %s", (program) => {
  it("what exists is judged, in a folder without any project", async () => {
    const { report, status } = await checkState(stateOf(program), { judge: "existing" });
    const { findings, verdict, selection } = report();
    expect(open(findings).toSorted()).toEqual([...expected[program]].toSorted());
    expect(findings.every(({ urn, outcome }) => urn !== null || outcome === "pass")).toBe(true);
    expect([verdict, status]).toEqual(["NO-GO", 1]);
    expect(selection).toMatchObject({ judge: "existing", baseline: null });
  });

  it("remedies name resources and properties, and nothing of this product", async () => {
    const { report } = await checkState(stateOf(program), { judge: "existing" });
    const remedies = report().findings.flatMap(({ remedy }) => remedy ?? []);
    const failing = report().findings.filter(({ outcome }) => outcome === "fail");
    expect(remedies).toHaveLength(failing.length);
    for (const remedy of remedies) {
      expect(remedy).toMatch(/\((aws|cloudflare|datadog|neon|pagerduty|vercel):/);
      expect(remedy).not.toMatch(/Pulumi\.|readiness:|components\/|index\.ts/);
    }
  });

  it("what was not asked is told: items with the reason, types that no rule looks at", async () => {
    const { report } = await checkState(stateOf(program), { judge: "existing" });
    const { selection, checklist } = report();
    const ids = [...checklist.map(({ id }) => id), ...(selection?.notAsked ?? []).map(({ item }) => item)];
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(230);
    expect(selection?.notAsked.map(({ why }) => why)).toEqual(
      expect.arrayContaining(["product", "absent", "proof"]),
    );
    expect(Object.keys(selection?.unread ?? {}).length).toBeGreaterThan(3);
  });

  it("the whole checklist drowns it, and can be asked all the same", async () => {
    const { report } = await checkState(stateOf(program));
    const { findings, selection, verdict } = report();
    expect(open(findings).length).toBeGreaterThan(300);
    expect([selection, verdict]).toEqual([null, "NO-GO"]);
  });
});

it.each([
  [
    "backups",
    "database-backups-retained",
    "Set `backupRetentionPeriod` of shop (aws:rds/instance:Instance) to ≥ 7.",
  ],
  [
    "a monitor",
    "alerts-page-declared-service",
    "checkout-latency (datadog:index/monitor:Monitor): write @pagerduty-shop in its message.",
  ],
])("the remedy of %s says what to set where", async (_, rule, remedy) => {
  const { report } = await checkState(stateOf("shop-typescript"), { judge: "existing", rule: [rule] });
  expect(report().findings.map((f) => f.remedy)).toEqual([remedy]);
});
