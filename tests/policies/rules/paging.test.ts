import { describe, expect, it } from "vitest";
import { messageOf, type Outcome } from "../../../model/finding.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { alertRoutingRules } from "../../../policies/rules/alert-routing.ts";
import { escalationRules } from "../../../policies/rules/on-call/escalation.ts";
import { rotationRules } from "../../../policies/rules/on-call/rotations.ts";
import { serviceRules } from "../../../policies/rules/on-call/services.ts";
import { proofRules } from "../../../policies/rules/paging.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { type Change, drop, on, set, unset } from "../mutations/mutation.ts";
import { pagedStack, types } from "../support/paged-stack.ts";
import { stackOf, unknown } from "../support/stack.ts";

/** The proofs, and the rules about the links that they are made of. */
const named = [
  "rotation-without-gaps",
  "paging-service-urgent",
  "alerts-page-declared-service",
  "escalation-within-response-time",
];
const rules = [
  ...proofRules,
  ...[...rotationRules, ...serviceRules, ...escalationRules, ...alertRoutingRules].filter(({ id }) =>
    named.includes(id),
  ),
];
const now = new Date("2026-11-01T12:00:00Z");

function findings(
  change: Change,
  outcomes: readonly Outcome[] = ["fail", "unknown", "error"],
  stack = "prod",
) {
  const changed: readonly Registration[] = pagedStack.flatMap((r) => change(r) ?? []);
  return evaluate(rules, stackOf(changed, stack), now)
    .filter((f) => outcomes.includes(f.outcome))
    .map((f) => `${f.by} ${f.outcome}: ${messageOf(f, "prod")}`);
}

const primary = { type: types.schedule, name: "portal-prod-primary" };
const sev1 = { type: types.service, name: "portal-prod-sev1" };
const sev1Policy = { type: types.policy, name: "portal-prod-sev1-policy" };
const link =
  (property: string, keep: (urn: string) => boolean): Change =>
  (r) => ({
    ...r,
    propertyDependencies: {
      ...r.propertyDependencies,
      [property]: r.propertyDependencies[property]?.filter(keep) ?? [],
    },
  });

it("hold in a stack that pages as it should", () => {
  expect(findings((r) => r)).toEqual([]);
});

describe("one broken fact is told once, by its name:", () => {
  it.each<[string, Change, string]>([
    [
      "a gap of an hour in a November night",
      on(primary, (r) => {
        const [layer] = r.props["layers"] as readonly object[];
        const layers = [
          { ...layer, end: "2026-11-15T01:00:00Z" },
          { ...layer, start: "2026-11-15T02:00:00Z" },
        ];
        return { ...r, props: { ...r.props, layers } };
      }),
      "rotation-without-gaps fail: portal-prod-primary: nobody is on call from Sun 15 Nov 2026, 02:00 to " +
        "Sun 15 Nov 2026, 03:00 Europe/Zagreb (1 h), must be somebody at every moment of the next 12 months",
    ],
    [
      "a layer without people",
      on(primary, set("layers.0.users", [])),
      "nobody is on call from Sun 1 Nov 2026, 13:00 to Mon 1 Nov 2027, 13:00 Europe/Zagreb (365 days)",
    ],
    [
      "a handle with a typo",
      on({ type: types.monitor, name: "outage" }, set("message", "@pagerduty-portal-prdo-sev1")),
      "alerts-page-declared-service fail: outage: it pages portal-prdo-sev1",
    ],
    [
      "low urgency at night",
      on(
        sev1,
        set("incidentUrgencyRule", {
          type: "use_support_hours",
          duringSupportHours: { type: "constant", urgency: "high" },
          outsideSupportHours: { type: "constant", urgency: "low" },
        }),
        set("supportHours", {
          type: "fixed_time_per_day",
          timeZone: "Europe/Zagreb",
          daysOfWeeks: [1, 2, 3, 4, 5],
          startTime: "08:00:00",
          endTime: "20:00:00",
        }),
      ),
      "paging-service-urgent fail: portal-prod-sev1: urgency is low from Sun 1 Nov 2026, 13:00 to " +
        "Mon 2 Nov 2026, 08:00 Europe/Zagreb (19 h), and 260 times more",
    ],
    [
      "a delay of 900 s on a promise of five minutes",
      on({ type: types.monitor, name: "outage" }, set("evaluationDelay", 900)),
      "alerts-in-time fail: outage: of an outage that fails at once its first level hears after 1060 s: 60 s window + " +
        "900 s evaluation delay + 20 s arrival + 60 s evaluation + 20 s delivery, 40 s of it assumed, must be ≤ 300 s",
    ],
    [
      "levels that take the whole response time",
      on(sev1Policy, set("rules.0.escalationDelayInMinutes", 2), set("rules.1.escalationDelayInMinutes", 3)),
      "escalation-within-response-time fail: portal-prod-sev1-policy: its last level is told after 5 minutes",
    ],
    [
      "checks that wait for a hanging site",
      on(types.check, set("requestDefinition.timeout", 20)),
      "outage-pages-within-two-minutes fail: homepage: it is the first to tell of an outage of portal that hangs, after " +
        "147 s: 60 s interval + 62 s attempts + 5 s result + 20 s delivery, 25 s of it assumed, must be ≤ 120 s",
    ],
    [
      "a second level that is the first again",
      on(
        sev1Policy,
        link("rules", (urn) => !urn.endsWith("-backup")),
      ),
      "escalation-reaches-two-people fail: portal-prod-sev1-policy: of 2 alerts that it answers, 2 targets are " +
        "rotations and 1 of this stack is among them",
    ],
    [
      "a colleague's phone",
      on({ type: types.notification, name: "amara-high" }, (r) => ({
        ...r,
        propertyDependencies: {
          ...r.propertyDependencies,
          contactMethod:
            r.propertyDependencies["contactMethod"]?.map((urn) => urn.replace("amara", "jonas")) ?? [],
        },
      })),
      "notifications-ring-their-owner fail: amara-high: it tells amara by way of jonas",
    ],
    [
      "an alert that is taken back",
      on({ type: types.monitor, name: "slow" }, set("timeoutH", 4)),
      "alerts-outlast-silence fail: slow: timeoutH is 4, must be 0",
    ],
  ])("%s", (_title, change, message) => {
    const told = findings(change);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(message);
  });

  it("one person everywhere", () => {
    const onlyAmara = link("layers", (urn) => urn.endsWith("::amara"));
    const told = findings((r) =>
      on(
        types.policy,
        link("rules", (urn) => !urn.endsWith("::helen")),
      )(on(types.schedule, onlyAmara)(r) ?? r),
    );
    expect(told.map((text) => text.split(":")[0])).toEqual([
      "escalation-reaches-two-people fail",
      "escalation-reaches-two-people fail",
    ]);
    expect(told[0]).toContain("every level pages amara, must be a second person");
  });
});

describe("ids that are known, from a state", () => {
  const turns = (name: string, users: readonly string[]) =>
    on({ type: types.schedule, name: `portal-prod-${name}` }, set("layers.0.users", users));
  const both =
    (first: readonly string[], second: readonly string[]): Change =>
    (r) => {
      const changed = turns("primary", first)(r);
      return changed && turns("backup", second)(changed);
    };

  it("show a turn that both rotations give to one person", () => {
    const told = findings(both(["PAMARA", "PJONAS", "PMEI"], ["PJONAS", "PAMARA", "PMEI"]));
    expect(told).toHaveLength(2);
    expect(told[0]).toContain(
      "portal-prod-primary and portal-prod-backup both have PMEI from Mon 9 Nov 2026, 10:00 to " +
        "Mon 16 Nov 2026, 10:00 Europe/Zagreb (7 days), and 17 times more",
    );
  });

  it("prove that there is none", () => {
    expect(findings(both(["PAMARA", "PJONAS"], ["PJONAS", "PAMARA"]))).toEqual([]);
  });
});

describe("what follows", () => {
  it("takes a lead whom a level names for the second person beside rotations of one", () => {
    const onlyAmara = link("layers", (urn) => urn.endsWith("::amara"));
    expect(findings(on(types.schedule, onlyAmara))).toEqual([]);
  });

  it("covers a day with layers that each have a part of it", () => {
    const parts = ["00:00:00", "08:00:00", "16:00:00"].map((startTimeOfDay) => ({
      start: "2026-01-05T09:00:00Z",
      users: [unknown],
      restrictions: [{ type: "daily_restriction", startTimeOfDay, durationSeconds: 28_800 }],
    }));
    expect(findings(on(primary, set("layers", parts)))).toEqual([]);
    expect(findings(on(primary, set("layers", parts.slice(1))))[0]).toContain(
      "and 364 times more: 122 days in 12 months",
    );
  });

  it("accepts support hours that are high throughout", () => {
    const high = { type: "constant", urgency: "high" };
    const rule = { type: "use_support_hours", duringSupportHours: high, outsideSupportHours: high };
    expect(findings(on(sev1, set("incidentUrgencyRule", rule)))).toEqual([]);
  });

  it("says nothing of staging, which pages nobody", () => {
    const change = on({ type: types.monitor, name: "outage" }, set("evaluationDelay", 900));
    expect(findings(change, ["fail"], "staging")).toEqual([]);
  });

  it("does not judge causes by the clock of an outage", () => {
    const cause = on(
      { type: types.monitor, name: "slow" },
      set("query", "avg(last_15m):max:aws.rds.cpuutilization{*} > 90"),
      set("evaluationDelay", 900),
    );
    expect(findings(cause)).toEqual([]);
  });
});

describe("a job that must run", () => {
  const job = (severity: number, window: string, ...more: readonly Change[]) =>
    on(
      { type: types.monitor, name: "slow" },
      set("query", `sum(last_${window}):sum:job.completed{job:bill}.as_count() < 1`),
      set("message", `@pagerduty-portal-prod-sev${severity}`),
      set("tags", ["service:portal", `severity:sev${severity}`]),
      set("evaluationDelay", undefined),
      ...more,
    );

  it.each(["8m", "90m", "23h"])("may take %s: the clock starts when it is overdue", (window) => {
    expect(findings(job(2, window))).toEqual([]);
  });

  it("is told of too late where the monitor looks too rarely", () => {
    const told = findings(job(2, "3d"));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(
      "alerts-in-time fail: slow: of an overdue run its last level hears after 2200 s: 20 s arrival + " +
        "1800 s evaluation + 20 s delivery + 360 s escalation, 40 s of it assumed, must be ≤ 900 s",
    );
  });

  it("is told of too late where the monitor waits", () => {
    expect(findings(job(2, "90m", set("evaluationDelay", 900)))[0]).toContain("900 s evaluation delay");
  });

  it("notices no outage, however urgent it is", () => {
    const told = findings((r) =>
      r.type === types.check || r.name === "outage" ? undefined : job(1, "1m")(r),
    );
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("outage-pages-within-two-minutes fail: prod: no SEV1 alert notices an outage");
  });

  it("leaves the proof undecided where its query is not known", () => {
    expect(findings(job(2, "8m", set("query", unknown)))[0]).toMatch(/^\S+ unknown: /);
  });
});

describe("what is not known", () => {
  it.each<[string, Change]>([
    ["a query", on({ type: types.monitor, name: "outage" }, set("query", unknown))],
    ["layers", on(primary, set("layers", unknown))],
    ["a message", on({ type: types.monitor, name: "outage" }, set("message", unknown))],
  ])("%s leaves the proof undecided", (_title, change) => {
    const told = findings(change);
    expect(told.length).toBeGreaterThan(0);
    for (const text of told) expect(text).toMatch(/^\S+ unknown: /);
  });

  it("is no excuse for what is not there", () => {
    const missing = findings(
      (r) => drop(types.service)(drop(types.check)(drop(types.monitor)(r) ?? r) ?? r),
      ["fail"],
    );
    expect(missing.join("\n")).toContain("no alert reaches an escalation policy");
  });

  it("is not mistaken for nothing: a schedule without layers proves nothing", () => {
    const told = findings(on(primary, unset("layers")), ["error"]);
    expect(told.join("\n")).toContain("rotation-without-gaps error: ");
  });
});
