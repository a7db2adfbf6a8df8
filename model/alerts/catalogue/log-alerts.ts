/** Alerts on patterns in a service's logs. They need no trace, so they hold where tracing is what broke. */
import type { ServiceSpec, StackSpec } from "../../config/stack-spec.ts";
import type { ServiceRows } from "../alert.ts";
import type { MetricSignal, Series, Thresholds } from "../signal.ts";
import { logCount } from "../telemetry.ts";
import { beyondUsual } from "../thresholds.ts";
import { busiest, trafficOf } from "../traffic.ts";

export const logAlerts = {
  "log-error-burst": {
    title: "errors fill the logs",
    meaning: "Something fails over and over, perhaps in the background where no request shows it.",
    severity: "SEV3",
    runbook: "high-error-rate",
    dashboard: "Operations",
    graph: "Error logs",
    signals: (service, spec) => [
      burst(
        logCount(spec, service, "errors"),
        { critical: 100, warning: 50, recovery: 20 },
        failures(service, spec),
      ),
    ],
  },
  "log-server-error-burst": {
    title: "the logs are full of server errors",
    meaning: "Many requests are answered with a 5xx, whatever the traces say.",
    severity: "SEV3",
    runbook: "high-error-rate",
    dashboard: "Operations",
    graph: "Requests answered with 5xx, by logs",
    signals: (service, spec) => {
      const requests = logCount(spec, service, "requests");
      const failed = { ...requests, filter: { ...requests.filter, status_code: "5*" } };
      return [burst(failed, { critical: 50, warning: 25, recovery: 10 }, failures(service, spec))];
    },
  },
  "login-failure-burst": {
    title: "many logins fail",
    meaning: "Somebody guesses passwords, or nobody can log in any more.",
    severity: "SEV3",
    runbook: "security",
    dashboard: "Operations",
    graph: "Failed logins",
    signals: (service, spec) => [
      // A wrong password in a hundred requests is nobody's attack.
      burst(
        logCount(spec, service, "login_failures"),
        { critical: 100, warning: 50, recovery: 20 },
        busiest(trafficOf(service, spec)) / 100,
      ),
    ],
  },
} as const satisfies ServiceRows;

/** Requests that fail in a minute of the busiest hour although the service keeps its level. */
function failures(service: ServiceSpec, spec: StackSpec): number {
  return (busiest(trafficOf(service, spec)) * service.serviceLevels.errorRate.targetPercent) / 100;
}

/**
 * So many within five minutes. No log is a count of zero.
 * @param usual what comes in a minute while nothing is wrong
 */
function burst(series: Series, base: Required<Thresholds>, usual: number): MetricSignal {
  const windowMinutes = 5;
  return {
    kind: "metric",
    expression: { series },
    over: "sum",
    windowMinutes,
    comparator: ">",
    thresholds: beyondUsual(base, usual * windowMinutes),
    unit: "",
    evaluationDelaySeconds: 0,
    onMissingData: "default",
  };
}
