import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Alert, isOfKind, type ServiceRow } from "../../../model/alerts/alert.ts";
import { alertsOf, platformAlerts, serviceAlerts } from "../../../model/alerts/catalogue.ts";
import { expressionQuery } from "../../../model/alerts/query.ts";
import type { Thresholds } from "../../../model/alerts/signal.ts";
import { loadSpec, type StackSpec } from "../../../model/config/stack-spec.ts";
import { usualParts, withoutObject } from "../../../model/parts.ts";
import { asConfig, at, prodConfig, prodSettings } from "../prod-config.ts";

const spec = loadSpec("prod", prodConfig());
const alerts = alertsOf(spec);

/** The prod stack with a second service, which has no pages of its own. */
function twoServices(): StackSpec {
  const settings = prodSettings();
  const services = at(settings, ["readiness:services"]) as unknown as Record<string, unknown>[];
  services.push({ ...services[0], name: "shop", path: "/shop", pages: {} });
  return loadSpec("prod", asConfig(settings));
}

function of(id: string, among: readonly Alert[] = alerts): Alert {
  const found = among.find((alert) => alert.id === id);
  if (!found) throw new Error(`no alert ${id}`);
  return found;
}

function thresholdsOf({ signal }: Alert): Thresholds | undefined {
  return "thresholds" in signal ? signal.thresholds : undefined;
}

/** From where it is over, by way of the warning, to where it fires: all in one direction. */
function inOrder({ critical, warning, recovery }: Thresholds): boolean {
  const steps = [recovery, warning, critical].filter((value) => value !== undefined);
  const falling = steps.toReversed();
  return [steps, falling].some((list) => list.every((value, i) => i === 0 || value > (list[i - 1] ?? value)));
}

describe("the alerts of a stack", () => {
  it("have a row each, and every row an alert where it applies", () => {
    const burstable = loadSpec(
      "prod",
      prodConfig(
        [["readiness:database", "instanceClass"], "db.t4g.medium"],
        [["readiness:cache", "nodeType"], "cache.t4g.small"],
      ),
    );
    const elsewhere = loadSpec("prod", {
      ...prodConfig(
        [["readiness:database"], { kind: "external", provider: "neon" }],
        [["readiness:network"], { kind: "none", because: "the data is at Neon" }],
        [["readiness:cache"], { kind: "none", because: "sessions live in the database" }],
        [["readiness:edge"], { kind: "vercel", rateLimitPer5Minutes: 2000 }],
      ),
      "secrets:DATABASE_URL": "postgresql://",
    });
    const ids = Object.keys({ ...serviceAlerts, ...platformAlerts });
    const there = [burstable, elsewhere].flatMap((stack) => alertsOf(stack).map(({ id }) => id));
    expect([...new Set(there)].sort()).toEqual(ids.sort());
    expect(alertsOf(elsewhere).filter(({ id }) => /^(backup|cache|aws|edge|firewall)-/.test(id))).toEqual([]);
  });

  it("have a severity that there is", () => {
    const row: { severity: string } = platformAlerts["cache-cpu-high"];
    const { severity } = row;
    onTestFinished(() => {
      row.severity = severity;
    });
    row.severity = "SEV0";
    expect(() => alertsOf(spec)).toThrow(
      'alert cache-cpu-high: found severity "SEV0", must be one of SEV1, SEV2, SEV3, SEV4',
    );
  });

  it("watch CPU credits where there are any, and replicas where there are some", () => {
    expect(alerts.filter(({ id }) => id.includes("credits"))).toEqual([]);
    expect(alerts.map(({ id }) => id)).toContain("cache-replication-lag");
    const single = loadSpec("staging", prodConfig([["readiness:cache", "nodes"], 1]));
    expect(alertsOf(single).map(({ id }) => id)).not.toContain("cache-replication-lag");
  });

  it("wait for two runs of a job, and half as long again", () => {
    const jobs = [
      { name: "bill", everyMinutes: 1440 },
      { name: "sync", everyMinutes: 5 },
    ];
    const config = prodConfig([["readiness:services", 0, "heartbeats"], jobs]);
    const missed = alertsOf(loadSpec("prod", config)).filter(({ id }) => id === "heartbeat-missed");
    expect(missed.map(({ key, signal }) => [key, "windowMinutes" in signal && signal.windowMinutes])).toEqual(
      [
        ["portal-heartbeat-missed-bill", 3600],
        ["portal-heartbeat-missed-sync", 13],
      ],
    );
  });

  it("are drawn on their dashboard, all that have something to draw", () => {
    const drawn = alerts.filter((a) => isOfKind(a, "metric", "forecast", "anomaly", "rum", "ci-pipelines"));
    for (const { key, graph } of drawn) expect(graph, key).toEqual(expect.any(String));
  });

  it("are muted by maintenance only where they are the platform's and not urgent", () => {
    const muted = alerts.filter(({ maintenance }) => maintenance !== undefined);
    expect(muted.length).toBeGreaterThan(0);
    for (const { key, subject, severity } of muted) {
      expect(subject, key).toBe("platform");
      expect(["SEV3", "SEV4"], key).toContain(severity);
    }
  });

  it("take silence for the fault where something must report all the time", () => {
    const silent = alerts.filter(({ id }) => /-(silent|missing|missed)$/.test(id));
    expect(silent.length).toBeGreaterThan(5);
    for (const { key, signal } of silent) {
      expect(signal, key).toMatchObject({ comparator: "<", onMissingData: "show_and_notify_no_data" });
    }
  });

  it("have distinct keys and titles within their subject", () => {
    expect(new Set(alerts.map(({ key }) => key)).size).toBe(alerts.length);
    expect(new Set(alerts.map(({ subject, title }) => `${subject} ${title}`)).size).toBe(alerts.length);
  });

  it("take their numbers from the service levels", () => {
    expect(thresholdsOf(of("latency-read"))).toEqual({ critical: 225e6, warning: 187.5e6, recovery: 150e6 });
    expect(thresholdsOf(of("latency-overall"))).toEqual({ critical: 0.3, warning: 0.25, recovery: 0.2 });
    expect(thresholdsOf(of("error-rate"))).toEqual({ critical: 0.5, recovery: 0.5 });
    expect(thresholdsOf(of("error-rate-high"))).toEqual({ critical: 1, recovery: 1 });
    expect(thresholdsOf(of("cache-hit-rate-low"))).toEqual({ critical: 60, warning: 65, recovery: 70 });
  });

  it("follow a service's own levels", () => {
    const stricter = loadSpec(
      "prod",
      prodConfig([
        ["readiness:services", 0, "serviceLevels"],
        { latency: { list: { targetMs: 80, alertMs: 120 } } },
      ]),
    );
    expect(thresholdsOf(of("latency-list", alertsOf(stricter)))?.critical).toBe(120e6);
    expect(thresholdsOf(of("latency-read", alertsOf(stricter)))?.critical).toBe(225e6);
  });

  it("have thresholds in order, whatever the service levels", () => {
    const above = (max: number) =>
      fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max })).map(([target, more]) => ({
        targetMs: target,
        alertMs: target + more,
      }));
    const levels = fc.record({
      latency: fc.record({ list: above(5000), search: above(5000) }),
      overallLatency: above(5000),
      cacheHitRate: fc
        .tuple(fc.integer({ min: 1, max: 98 }), fc.integer({ min: 1, max: 98 }))
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => ({ targetPercent: Math.max(a, b), alertPercent: Math.min(a, b) })),
    });
    fc.assert(
      fc.property(levels, (serviceLevels) => {
        const config = prodConfig([["readiness:services", 0, "serviceLevels"], serviceLevels]);
        for (const alert of alertsOf(loadSpec("prod", config))) {
          const thresholds = thresholdsOf(alert);
          if ("more" in alert.signal && alert.signal.more !== undefined) continue;
          if (thresholds) expect(inOrder(thresholds), alert.key).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("compare in the direction of their thresholds", () => {
    for (const { key, signal } of alerts) {
      if (!("comparator" in signal) || signal.thresholds.recovery === undefined) continue;
      // What takes some more than a share is over at the share.
      if ("more" in signal && signal.more !== undefined) {
        expect(signal.thresholds.recovery, key).toBe(signal.thresholds.critical);
        continue;
      }
      const fires = signal.thresholds.critical > signal.thresholds.recovery ? ">" : "<";
      expect(signal.comparator, key).toBe(fires);
    }
  });

  it("wait for AWS metrics, and page no SEV1 on them", () => {
    const aws = alerts
      .filter((a) => isOfKind(a, "metric"))
      .filter((a) => expressionQuery(a.signal.expression).includes(":aws."));
    expect(aws.length).toBeGreaterThan(10);
    for (const { key, severity, signal } of aws) {
      expect(signal.evaluationDelaySeconds, key).toBeGreaterThanOrEqual(900);
      expect(severity, key).not.toBe("SEV1");
    }
  });

  it("take silence for a fault where traffic stops, and for none where errors stop", () => {
    expect(of("traffic-drop").signal).toMatchObject({
      onMissingData: "show_and_notify_no_data",
      comparator: "<",
    });
    for (const id of ["error-rate", "error-rate-high", "service-outage"]) {
      expect(of(id).signal).toMatchObject({ onMissingData: "resolve", comparator: ">" });
    }
  });

  it("expect at least the requests that our own checks send", () => {
    // In five minutes, from three locations: health each minute, four routes once.
    const sent = 3 * (5 + 4);
    const { critical, recovery } = thresholdsOf(of("traffic-drop")) ?? { critical: Number.NaN };
    expect(critical).toBe(sent / 2);
    expect(recovery).toBeLessThan(sent);
  });

  it("give each burn-rate alert a rate that the target allows", () => {
    const burns = alerts.filter((a) => isOfKind(a, "burn-rate"));
    const objectives = new Set(burns.map(({ signal }) => signal.objective));
    expect(objectives.size).toBe(6);
    for (const objective of objectives) {
      const rates = burns.filter(({ signal }) => signal.objective === objective);
      expect(rates.map(({ signal }) => signal.rate)).toEqual([14.4, 6, 3]);
    }
  });

  it("need no more than a list entry for another service", () => {
    const both = alertsOf(twoServices());
    expect(both.filter(({ subject }) => subject === "portal")).toEqual(
      alerts.filter((a) => a.subject === "portal"),
    );
    // What they share is busier, so shorter windows hold enough requests.
    const ofPlatform = (all: readonly Alert[]) =>
      all.flatMap(({ subject, key }) => (subject === "platform" ? [key] : []));
    expect(ofPlatform(both)).toEqual(ofPlatform(alerts));
    const shop = new Set(both.filter(({ subject }) => subject === "shop").map(({ id }) => id));
    const pages = ["uptime-homepage", "uptime-page"];
    const own = Object.entries<ServiceRow>(serviceAlerts).filter(
      ([, { needs }]) => withoutObject(needs, usualParts) === undefined,
    );
    expect([...shop].sort()).toEqual(
      own
        .map(([id]) => id)
        .filter((id) => !pages.includes(id))
        .sort(),
    );
  });
});

it("tell of the homepage and of other pages, whatever a team calls them", () => {
  const settings = prodSettings();
  const [service] = at(settings, ["readiness:services"]) as unknown as Record<string, unknown>[];
  Object.assign(service ?? {}, {
    pages: { start: "/", page: "/page", ge: "/ge", homepages: "/all" },
    pageRoles: { portal: "ge", admin: { kind: "none", because: "nobody administers" } },
    checks: {},
  });
  const own = alertsOf(loadSpec("prod", asConfig(settings))).filter(({ id }) => /^uptime-.*page$/.test(id));
  expect(
    own.map(({ key, signal }) => [key, signal.kind === "check" && signal.check.intervalSeconds]),
  ).toEqual([
    ["portal-uptime-homepage-start", 60],
    ["portal-uptime-page", 300],
    ["portal-uptime-page-ge", 300],
    ["portal-uptime-page-homepages", 300],
  ]);
});

describe("the checks of a stack", () => {
  const checks = alerts.filter((a) => isOfKind(a, "check")).map(({ signal }) => signal.check);
  const urls = checks.flatMap((check) => (check.type === "http" ? check.url : []));

  it("ask for every page, every route that reads, and health", () => {
    expect(urls.sort()).toEqual(
      [
        "/",
        "/login",
        "/portal",
        "/admin",
        "/api/orders",
        "/api/orders/1",
        "/api/analytics",
        "/api/search",
        "/api/health",
      ]
        .map((path) => `https://portal.example.com${path}`)
        .sort(),
    );
  });

  it("never write", () => {
    const [portal] = spec.services;
    expect(urls).not.toContain(`https://${spec.domain}${portal?.routes.write}`);
  });

  it("need two locations to agree, and one where there is only one", () => {
    expect(checks.map((c) => c.minLocationsFailed)).toEqual(checks.map(() => 2));
    const single = prodConfig([["readiness:monitoring", "syntheticLocations"], ["aws:eu-central-1"]]);
    const alone = alertsOf(loadSpec("prod", single)).filter((a) => isOfKind(a, "check"));
    expect(new Set(alone.map(({ signal }) => signal.check.minLocationsFailed))).toEqual(new Set([1]));
  });
});
