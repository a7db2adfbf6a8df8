/** That alerts leave a healthy service alone, and still notice when a part of its requests fails. */

import { type Severity, severityLevels } from "../../model/on-call/severities.ts";
import type { Tier } from "../../model/tier.ts";
import { type DeclaredAlert, declaredAlerts } from "../declared/alert.ts";
import { everyService } from "../declared/monitoring.ts";
import { surest } from "../declared/power.ts";
import { quietnessOf } from "../declared/quietness.ts";
import { declaredTraffic } from "../declared/traffic.ts";
import type { Stack } from "../resource.ts";
import { type Doubt, type Rule, stackRule, type Violation } from "../rule.ts";

/** How often chance may ring, in pages a week. */
interface Ceiling {
  /** Of one alert. */
  readonly each: number;
  /** Of all that wake somebody, and of all that page. */
  readonly waking: number;
  readonly paging: number;
  /** The share of the time in which an alert fires: what nearly always does fires rarely, and tells nobody anything. */
  readonly firing: number;
}

const quarter = 1 / 13;
/**
 * A shift of twelve hours has time for two incidents (Google, "Site Reliability Engineering", chapter 11), 28 a week:
 * chance takes less than a hundredth of that from all who are paged, and from those who are woken a page a quarter.
 * Staging mails, and little but its own checks visits it: there an objective of 99.9 % hangs on single requests.
 */
export const ceilings: Readonly<Record<Tier, Ceiling>> = {
  production: { each: quarter, waking: quarter, paging: 0.25, firing: 0.001 },
  staging: { each: 1, waking: 1, paging: 2, firing: 0.01 },
};

/** Tickets wait for somebody to look. */
const paging: readonly string[] = ["sev1", "sev2", "sev3"];
const waking: readonly string[] = ["sev1", "sev2"];

/** Who has to hear of which share of failing requests, from which traffic on: requirements, "Severities and escalation". */
const noticed: readonly { readonly errors: number; readonly by: Severity; readonly from: number }[] = [
  { errors: 1, by: "SEV1", from: 0 },
  { errors: 0.1, by: "SEV2", from: 15 },
  { errors: 0.01, by: "SEV3", from: 60 },
];
const surely = 0.95;

export const quietnessRules: readonly Rule[] = [
  stackRule({
    id: "alerts-rarely-ring-by-chance",
    item: "PAGE-07",
    checkStack: (stack, { tier }) =>
      demandAlerts(stack) ?? pagingAlerts(stack).flatMap((alert) => loud(alert, stack, ceilings[tier])),
  }),
  stackRule({
    id: "healthy-service-rings-nobody",
    item: "PAGE-07",
    checkStack: (stack, { tier }) => {
      const most = ceilings[tier];
      const told = "alerts together ring";
      return (
        demandAlerts(stack) ?? [
          ...together(stack, waking, most, most.waking, `SEV1 and SEV2 ${told}`),
          ...together(stack, paging, most, most.paging, `SEV1, SEV2 and SEV3 ${told}`),
        ]
      );
    },
  }),
  stackRule({
    id: "failing-requests-noticed",
    item: "PAGE-08",
    tiers: ["production"],
    checkStack: (stack) => everyService(stack, (service) => missed(stack, service)),
  }),
];

function pagingAlerts(stack: Stack): readonly DeclaredAlert[] {
  return declaredAlerts(stack).filter(({ severity = "" }) => paging.includes(severity));
}

function demandAlerts(stack: Stack): Violation | undefined {
  return pagingAlerts(stack).length > 0
    ? undefined
    : { observed: "no alert that pages is declared", wanted: "declared" };
}

function loud({ resource }: DeclaredAlert, stack: Stack, most: Ceiling): readonly (Violation | Doubt)[] {
  const quietness = quietnessOf(resource, stack);
  switch (quietness.kind) {
    case "state":
      return [];
    case "unknown":
      return [{ resource, doubt: `how often it pages while nothing is wrong: ${quietness.why}` }];
    case "chance": {
      const { aWeek, firing, because } = quietness;
      if (aWeek <= most.each && firing <= most.firing) return [];
      const often =
        aWeek > most.each
          ? `${pages(aWeek)} times a week`
          : `and does not end: it fires ${pages(100 * firing)} % of the time`;
      return [
        {
          resource,
          observed: `it rings a healthy service ${often}: ${because}`,
          wanted:
            most.each === quarter ? `≤ ${pages(quarter)} a week, once a quarter` : `≤ ${most.each} a week`,
        },
      ];
    }
  }
}

/** Where one alert alone is too loud, it is told of that one. */
function together(
  stack: Stack,
  severities: readonly string[],
  { each }: Ceiling,
  most: number,
  what: string,
): readonly Violation[] {
  const weeks = declaredAlerts(stack)
    .filter(({ severity = "" }) => severities.includes(severity))
    .flatMap(({ resource }) => {
      const quietness = quietnessOf(resource, stack);
      return quietness.kind === "chance" && quietness.aWeek <= each
        ? [{ name: resource.name, aWeek: quietness.aWeek }]
        : [];
    });
  const sum = weeks.reduce((all, { aWeek }) => all + aWeek, 0);
  if (sum <= most) return [];
  const loudest = weeks.toSorted((a, b) => b.aWeek - a.aWeek).slice(0, 3);
  const names = loudest.map(({ name, aWeek }) => `${name} ${pages(aWeek)}`).join(", ");
  return [
    {
      observed: `${what} a healthy service ${pages(sum)} times a week: ${names}`,
      wanted: `≤ ${pages(most)}`,
    },
  ];
}

function missed(stack: Stack, service: string): readonly Violation[] {
  const traffic = declaredTraffic(stack, service);
  return noticed.flatMap(({ errors, by, from }) =>
    traffic
      .filter(({ perMinute }) => perMinute >= from)
      .flatMap(({ perMinute }) => {
        const { chance } = surest(stack, service, errors, perMinute, by);
        if (chance >= surely) return [];
        const share = `${errors * 100} % of the requests of ${service} failing at ${pages(perMinute)} a minute`;
        return [
          {
            observed: `${share} rings within ${severityLevels[by].responseMinutes} minutes in ${pages(100 * chance)} % of cases`,
            wanted: `≥ ${100 * surely} %, by an alert of ${by} or above`,
          },
        ];
      }),
  );
}

/** Two digits that count. */
function pages(value: number): string {
  return String(Number(value.toPrecision(2)));
}
