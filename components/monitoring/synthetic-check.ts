/** From an alert of the catalogue that is a synthetic check to Datadog's test, which brings its own monitor. */
import * as datadog from "@pulumi/datadog";
import type * as pulumi from "@pulumi/pulumi";
import type { Alert } from "../../model/alerts/alert.ts";
import type { CheckSignal, HttpCheck, SyntheticCheck } from "../../model/alerts/signal.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { monitorMessage, monitorName } from "./message.ts";
import { alertTags, priority, reminders } from "./monitor.ts";

export function createSyntheticCheck(
  alert: Alert<CheckSignal>,
  spec: StackSpec,
  opts: pulumi.CustomResourceOptions,
): datadog.SyntheticsTest {
  const { check } = alert.signal;
  return new datadog.SyntheticsTest(
    alert.key,
    {
      name: monitorName(alert, spec),
      message: monitorMessage(alert, spec),
      tags: [...alertTags(alert, spec), `check:${check.name}`],
      status: spec.launch ? "paused" : "live",
      type: "api",
      locations: [...spec.monitoring.syntheticLocations],
      optionsList: {
        tickEvery: check.intervalSeconds,
        // A location tries three times before it counts as failing, so that a lost packet wakes nobody.
        retry: { count: 2, interval: 1000 },
        minLocationFailed: check.minLocationsFailed,
        monitorPriority: priority(alert.severity),
        ...(reminders[alert.severity] && { monitorOptions: reminders[alert.severity] }),
        ...(check.type === "http" && { followRedirects: true }),
      },
      ...request(check),
    },
    opts,
  );
}

/** Twice as long as a page may take: a site that hangs costs three attempts before it counts as failing. */
function requestTimeoutSeconds({ maxResponseMs }: HttpCheck): number {
  return Math.ceil((2 * maxResponseMs) / 1000);
}

function request(
  check: SyntheticCheck,
): Pick<datadog.SyntheticsTestArgs, "subtype" | "requestDefinition" | "assertions"> {
  if (check.type === "certificate") {
    return {
      subtype: "ssl",
      requestDefinition: { host: check.host, port: "443" },
      assertions: [{ type: "certificate", operator: "isInMoreThan", target: String(check.minDaysLeft) }],
    };
  }
  return {
    subtype: "http",
    requestDefinition: { method: "GET", url: check.url, timeout: requestTimeoutSeconds(check) },
    assertions: [
      { type: "statusCode", operator: "is", target: "200" },
      { type: "responseTime", operator: "lessThan", target: String(check.maxResponseMs) },
      ...(check.healthBody
        ? [
            {
              type: "body",
              operator: "validatesJSONPath",
              targetjsonpath: { jsonpath: "$.status", operator: "is", targetvalue: "healthy" },
            },
          ]
        : []),
    ],
  };
}
