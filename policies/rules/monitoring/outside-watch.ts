/** That an outage rings without Datadog, which may be down itself, or cut off from PagerDuty. */
import { customersHosts, inCloudFrontRegion } from "../../declared/edge.ts";
import { isBeforeLaunch } from "../../declared/monitoring.ts";
import { integration, service, serviceObject, severityOf } from "../../declared/on-call.ts";
import { refusals, subscription, topic } from "../../notices.ts";
import { type Alarm, alarm, type Check, healthCheck } from "../../outside-watch.ts";
import { linked, type Resource, type Stack } from "../../resource.ts";
import { type Rule, stackRule, type Violation } from "../../rule.ts";

/** Twice as late as SEV1 has to be answered: it stands in for Datadog, which rings sooner where it can. */
const withinSeconds = 600;
const cloudWatch = "cloudwatch.amazonaws.com";
/** PagerDuty's type of integration that reads CloudWatch's alarms: REST API, `integrations`. */
const takesAlarms = "aws_cloudwatch_inbound_integration";
/** That of its Events API, which other watches speak, or a command of curl's. */
const takesEvents = "events_api_v2_inbound_integration";

export const outsideWatchRules: readonly Rule[] = [
  stackRule({
    id: "outage-rings-without-datadog",
    item: "MON-44",
    tiers: ["production"],
    checkStack: (stack) => {
      const checks = stack.ofType(healthCheck);
      if (checks.length === 0)
        return { observed: "no health check outside Datadog is declared", wanted: "declared" };
      const ways = checks.map((check) => flawsOf(check, stack));
      return ways.some((flaws) => flaws.length === 0) ? undefined : ways.flat();
    },
  }),
  stackRule({
    id: "outside-watch-has-own-key",
    item: "MON-46",
    tiers: ["production"],
    checkStack: (stack) => {
      const keys = stack
        .ofType(integration)
        .filter(({ props }) => props.vendor === undefined && props.type === takesEvents)
        // A key that Datadog holds too is no second one.
        .filter((key) => stack.attached(serviceObject, "serviceKey", key).length === 0);
      const ringing = keys.filter((key) =>
        linked(key as Resource, "service", service).some((paging) => severityOf(paging) === "SEV1"),
      );
      if (ringing.length > 0) return undefined;
      const wanted = "a key of the Events API v2, of a service that rings for a SEV1";
      const [first] = keys;
      return first
        ? { resource: first as Resource, observed: "its service does not ring for a SEV1", wanted }
        : { observed: "no integration of PagerDuty's is for another watch than Datadog's", wanted };
    },
  }),
];

function flawsOf(check: Check, stack: Stack): readonly Violation[] {
  const at = (resource: Resource<unknown>, observed: string, wanted: string): Violation => ({
    resource: resource as Resource,
    observed,
    wanted,
  });
  const { type, fqdn, disabled, invertHealthcheck, requestInterval = 0, failureThreshold = 0 } = check.props;
  const own = customersHosts(stack);
  const seen = requestInterval * failureThreshold;
  const alarms = stack.attached(alarm, "dimensions", check as Resource);
  return [
    ...(asksWell(check.props) ? [] : [at(check, `it asks by ${type}`, "HTTPS as visitors do, for health")]),
    // Route 53 knows no other intervals; one failure is a packet that was lost.
    ...([10, 30].includes(requestInterval) && failureThreshold >= 2
      ? []
      : [
          at(
            check,
            `it fails after ${failureThreshold} checks, ${requestInterval} s apart`,
            "2 or more, 10 or 30",
          ),
        ]),
    ...(own.includes(fqdn ?? "") ? [] : [at(check, `it asks ${fqdn}`, "the product's own host name")]),
    ...(disabled === true && !isBeforeLaunch(stack) ? [at(check, "it is switched off", "on")] : []),
    ...(invertHealthcheck === true ? [at(check, "it takes a failure for health", "not inverted")] : []),
    ...(alarms.length === 0 ? [at(check, "no alarm tells of it", "one")] : []),
    ...alarms.flatMap((one) => [...alarmFlaws(one, seen, at), ...wayFlaws(one, stack, at)]),
  ];
}

/** The edge answers by the name that TLS asks for. Without a text to look for, any answer below 400 is health. */
function asksWell({ type, port, enableSni, resourcePath = "", searchString }: Check["props"]): boolean {
  if (port !== 443 || enableSni !== true || !resourcePath.startsWith("/")) return false;
  if (type === "HTTPS") return true;
  return type === "HTTPS_STR_MATCH" && !!searchString && !'{"status":"unhealthy"}'.includes(searchString);
}

type At = (resource: Resource<unknown>, observed: string, wanted: string) => Violation;

function alarmFlaws(one: Alarm, seen: number, at: At): readonly Violation[] {
  const { props } = one;
  const { period = 0, evaluationPeriods = 0, comparisonOperator, threshold, actionsEnabled } = props;
  const reads = props.namespace === "AWS/Route53" && props.metricName === "HealthCheckStatus";
  const below =
    (comparisonOperator === "LessThanThreshold" && threshold === 1) ||
    (comparisonOperator === "LessThanOrEqualToThreshold" && threshold === 0);
  const seconds = seen + period * evaluationPeriods;
  const worst = props.statistic === "Minimum" || props.statistic === "Average";
  return [
    ...(reads && below && worst && props.extendedStatistic === undefined && props.metricQueries === undefined
      ? []
      : [at(one, "it does not fire where the check fails", "HealthCheckStatus, its minimum, below 1")]),
    // Route 53 reports once a minute.
    ...(period >= 60 && evaluationPeriods >= 2 ? [] : [at(one, "one minute is an outage", "two or more")]),
    ...(seconds <= withinSeconds ? [] : [at(one, `it fires after ${seconds} s`, `≤ ${withinSeconds}`)]),
    ...(props.treatMissingData === "breaching"
      ? []
      : [at(one, "it takes silence for health", "treatMissingData breaching")]),
    ...(actionsEnabled === false ? [at(one, "its actions are off", "on")] : []),
    ...(inCloudFrontRegion(one as Resource<{ region?: string }>)
      ? [at(one, "it is not where Route 53 reports", "us-east-1")]
      : []),
  ];
}

/** From the alarm over its topic to a PagerDuty service that rings. */
function wayFlaws(one: Alarm, stack: Stack, at: At): readonly Violation[] {
  const topics = linked(one as Resource, "alarmActions", topic);
  if (topics.length === 0) return [at(one, "it tells no topic", "one")];
  return topics.flatMap((target) => {
    const over = linked(one as Resource, "okActions", topic).includes(target);
    const rings = stack.attached(subscription, "topic", target).some((sub) => {
      const { protocol, filterPolicy, rawMessageDelivery, endpointAutoConfirms } = sub.props;
      // PagerDuty confirms by itself, and the deployment has to know.
      if (protocol !== "https" || endpointAutoConfirms !== true) return false;
      if (filterPolicy !== undefined || rawMessageDelivery === true) return false;
      return linked(sub as Resource, "endpoint", integration)
        .filter(({ props }) => props.type === takesAlarms)
        .flatMap((key) => linked(key as Resource, "service", service))
        .some((paging) => severityOf(paging) === "SEV1");
    });
    return [
      ...refusals(target, cloudWatch, stack),
      ...(over ? [] : [at(one, "nobody hears when it is over", "the same topic among okActions")]),
      ...(rings ? [] : [at(target, "no subscription to it rings PagerDuty as a SEV1", "one")]),
    ];
  });
}
