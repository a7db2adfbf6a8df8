/**
 * What a PagerDuty service does with an event before anybody is told: it can hold it back, and it can put it into an
 * incident that is open already, of which nobody is told again. Sources: PagerDuty, "Auto-Pause Incident
 * Notifications", "Time-Based Alert Grouping", "Intelligent Alert Grouping", "Content-Based Alert Grouping"; REST API,
 * `service`.
 */

/** What a service declares of it; the last two are of providers newer than the SDK that the stack uses. */
export interface Intake {
  readonly alertGrouping?: string | undefined;
  /** Minutes. */
  readonly alertGroupingTimeout?: string | undefined;
  readonly alertGroupingParameters?:
    | {
        readonly type?: string | undefined;
        /** Minutes. */
        readonly config?: { readonly timeout?: number | string | undefined } | undefined;
      }
    | undefined;
  readonly autoPauseNotificationsParameters?:
    | { readonly enabled?: boolean | undefined; readonly timeout?: number | undefined }
    | undefined;
}

/** The longest pause that can be chosen. */
const longestPauseSeconds = 900;
/** A window that starts anew with every alert goes on for a day at most, and a flood of alerts makes it last. */
const rollingMinutes = 24 * 60;

/** Seconds for which an event that PagerDuty takes for transient waits before it becomes an incident. */
export function pauseSeconds({ autoPauseNotificationsParameters: pause }: Intake): number {
  return pause?.enabled === true ? (pause.timeout ?? longestPauseSeconds) : 0;
}

/**
 * Minutes for which a second fault joins the incident of the first: 0 where every alert opens its own, `Infinity`
 * where it does until the first is resolved; nothing for a kind of grouping that is not known.
 */
export function groupedMinutes(service: Intake): number | undefined {
  const { alertGroupingParameters, alertGrouping, alertGroupingTimeout } = service;
  const own = groupingMinutes(alertGroupingParameters?.type, alertGroupingParameters?.config?.timeout);
  const legacy = groupingMinutes(alertGrouping, alertGroupingTimeout);
  return own === undefined || legacy === undefined ? undefined : Math.max(own, legacy);
}

function groupingMinutes(type: string | undefined, timeout: number | string | undefined): number | undefined {
  switch (type ?? "") {
    case "":
    case "null":
      return 0;
    case "time":
      return Number(timeout) > 0 ? Number(timeout) : Number.POSITIVE_INFINITY;
    case "intelligent":
    case "content_based":
    case "content_based_intelligent":
      return rollingMinutes;
    default:
      return undefined;
  }
}
