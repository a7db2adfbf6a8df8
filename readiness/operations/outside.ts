/** What rings for an outage without Datadog, and how long that takes. */
import type { Severity } from "../../model/on-call/severities.ts";
import { deliveryOf } from "../../policies/declared/delivery.ts";
import { type Step, total } from "../../policies/declared/detection.ts";
import { severityOf } from "../../policies/declared/on-call.ts";
import { alarm, type Check, healthCheck, reachedBy } from "../../policies/outside-watch.ts";
import type { Resource, Stack } from "../../policies/resource.ts";
import type { FaultStep } from "./alerts.ts";

export interface OutsideWatch {
  /** Name of the health check. */
  readonly check: string;
  /** Address that it asks. */
  readonly asks: string;
  readonly everySeconds: number;
  /** Name of the alarm. */
  readonly alarm: string;
  /** Of the PagerDuty service that it reaches. */
  readonly severity: Severity;
  /** From the first failed request until somebody is told, at worst. */
  readonly seconds: number;
  readonly steps: readonly FaultStep[];
}

/** Those that reach somebody. */
export function outsideWatchesOf(stack: Stack): readonly OutsideWatch[] {
  return stack.ofType(healthCheck).flatMap((check) =>
    stack.attached(alarm, "dimensions", check as Resource).flatMap((one) =>
      reachedBy(one, stack).flatMap((reached) => {
        const severity = severityOf(reached.service);
        const { requestInterval = 30, failureThreshold = 3, disabled } = check.props;
        const { period = 60, evaluationPeriods = 1 } = one.props;
        if (severity === undefined || disabled === true) return [];
        const steps: readonly Step[] = [
          { name: "failed checks", seconds: requestInterval * failureThreshold },
          { name: "alarm", seconds: period * evaluationPeriods },
          ...deliveryOf(reached, stack),
        ];
        return [
          {
            check: check.name,
            asks: addressOf(check),
            everySeconds: requestInterval,
            alarm: one.name,
            severity,
            seconds: total(steps),
            steps,
          },
        ];
      }),
    ),
  );
}

function addressOf({ props }: Check): string {
  const { type, fqdn, resourcePath = "" } = props;
  return `${type.startsWith("HTTPS") ? "https" : "http"}://${fqdn ?? props.ipAddress}${resourcePath}`;
}
