/** From an alert of the catalogue that is a synthetic check to Datadog's test, which brings its own monitor. */
import * as datadog from "@pulumi/datadog";
import type * as pulumi from "@pulumi/pulumi";
import type { Alert } from "../../model/alerts/alert.ts";
import type { CheckSignal, HttpCheck, SyntheticCheck } from "../../model/alerts/signal.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { datadogTags } from "../tags.ts";
import { monitorMessage, monitorName } from "./message.ts";
import { alertTags, priority, reminders } from "./monitor.ts";

/** By the name of a secret, the variable of Datadog's that hides it. */
export type Logins = ReadonlyMap<string, { readonly name: string; readonly id: pulumi.Output<string> }>;

/** Hides what a service's checks prove themselves with: everybody in Datadog reads what a test sends. */
export function createLogins(
  checks: readonly SyntheticCheck[],
  service: string,
  spec: StackSpec,
  secretOf: (name: string) => pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): Logins {
  const names = new Set(checks.flatMap((check) => (check.type === "http" && check.authentication) || []));
  return new Map(
    [...names].map((secret) => {
      const name = [spec.product, spec.stack, service, secret].join("_").replaceAll("-", "_").toUpperCase();
      const { id } = new datadog.SyntheticsGlobalVariable(
        `${service}-${secret.toLowerCase().replaceAll("_", "-")}`,
        { name, value: secretOf(secret), secure: true, tags: datadogTags(spec, { service }) },
        { ...opts, additionalSecretOutputs: ["value"] },
      );
      return [secret, { name, id }];
    }),
  );
}

export function createSyntheticCheck(
  alert: Alert<CheckSignal>,
  spec: StackSpec,
  opts: pulumi.CustomResourceOptions,
  logins: Logins = new Map(),
): datadog.SyntheticsTest {
  const { check } = alert.signal;
  return new datadog.SyntheticsTest(
    alert.key,
    {
      name: monitorName(alert, spec),
      message: monitorMessage(alert, spec),
      tags: [...alertTags(alert, spec), `check:${check.name}`, ...roleTags(check)],
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
        // A login page that a redirect leads to answers well while the page behind it is down.
        ...(check.type === "http" && { followRedirects: false }),
        ...(check.type === "http" &&
          check.minFailureSeconds !== undefined && { minFailureDuration: check.minFailureSeconds }),
      },
      ...request(check),
      ...(check.type === "http" && headers(check, logins)),
    },
    opts,
  );
}

/** What the page is for, where its name does not say so. */
function roleTags(check: SyntheticCheck): readonly string[] {
  const { roles = [] } = check.type === "http" ? check : {};
  return roles.filter((role) => role !== check.name).map((role) => `page-role:${role}`);
}

function headers(
  { headers: open, authentication, name }: HttpCheck,
  logins: Logins,
): Pick<datadog.SyntheticsTestArgs, "requestHeaders" | "configVariables"> {
  if (authentication === undefined) return Object.keys(open).length > 0 ? { requestHeaders: open } : {};
  const login = logins.get(authentication);
  if (!login) throw new Error(`nothing hides the login of the check ${name}`);
  return {
    requestHeaders: { ...open, Authorization: `{{ ${login.name} }}` },
    configVariables: [{ type: "global", ...login }],
  };
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
      { type: "statusCode", operator: "is", target: String(check.status) },
      ...(check.location === undefined
        ? []
        : [{ type: "header", property: "location", operator: "contains", target: check.location }]),
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
