/** What Sentry tells PagerDuty of a service's errors; Datadog's alerts on failing requests are beside it. */
import type { Severity } from "./severities.ts";

export interface ErrorAlert {
  readonly title: string;
  readonly severity: Severity;
  /** Any of them is enough; ids as Sentry's rules are called (getsentry/sentry, src/sentry/rules). */
  readonly conditions: readonly Readonly<Record<string, string>>[];
  /** Minutes until it tells of the same error again. */
  readonly everyMinutes: number;
}

/** Name of a service's project in Sentry, which knows it once in an organisation. */
export function sentryProject(of: {
  readonly product: string;
  readonly service: string;
  readonly stack: string;
}): string {
  return [...new Set([of.product, of.service]), of.stack].join("-");
}

const condition = (name: string) => ({ id: `sentry.rules.conditions.${name}` });

export const errorAlerts: Readonly<Record<string, ErrorAlert>> = {
  "errors-many": {
    title: "one error comes in masses",
    severity: "SEV2",
    conditions: [
      {
        ...condition("event_frequency.EventFrequencyCondition"),
        comparisonType: "count",
        value: "100",
        interval: "5m",
      },
    ],
    everyMinutes: 30,
  },
  "errors-new": {
    title: "an error is new, or is back",
    severity: "SEV3",
    conditions: [
      condition("first_seen_event.FirstSeenEventCondition"),
      condition("regression_event.RegressionEventCondition"),
    ],
    everyMinutes: 60,
  },
};
