/** One monitor: whether Datadog takes it, and has what it watches. */
import { z } from "zod";
import { isOfKind } from "../../model/alerts/alert.ts";
import { alertsOf } from "../../model/alerts/catalogue.ts";
import { objectiveQuery } from "../../model/alerts/query.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { type MonitorProps, objective } from "../../policies/declared/monitoring.ts";
import { parseQuery } from "../../policies/effects/monitor-query.ts";
import { linked, type Resource } from "../../policies/resource.ts";
import type { Data } from "./data.ts";
import { type Datadog, Unanswered } from "./datadog.ts";
import type { Finding, Subject } from "./finding.ts";

const objectives = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) });

export async function verifyMonitor(
  monitor: Resource<MonitorProps>,
  spec: StackSpec,
  datadog: Datadog,
  data: Data,
): Promise<Subject> {
  const { name, type } = monitor.props;
  const query = type === "slo alert" ? await queryOnObjective(monitor, spec, datadog) : monitor.props.query;
  if (typeof query !== "string") return { kind: "monitor", name, findings: [query] };
  return {
    kind: "monitor",
    name,
    findings: [
      await answered("validation", () => validated(monitor.props, query, datadog)),
      ...(await dataOf(query, data)),
    ],
  };
}

/** A question without an answer leaves what it is about unknown. */
export async function answered(asked: Finding["asked"], question: () => Promise<Finding>): Promise<Finding> {
  try {
    return await question();
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return { asked, outcome: "unknown", message: error.message };
  }
}

/** Datadog, API reference, "Validate a monitor". */
async function validated(props: MonitorProps, query: string, datadog: Datadog): Promise<Finding> {
  const { critical, warning, criticalRecovery, warningRecovery } = props.monitorThresholds ?? {};
  const windows = props.monitorThresholdWindows;
  const thresholds = {
    critical,
    warning,
    critical_recovery: criticalRecovery,
    warning_recovery: warningRecovery,
  };
  const { status, problem } = await datadog.ask("/api/v1/monitor/validate", {
    type: props.type,
    query,
    name: props.name,
    message: props.message,
    tags: props.tags,
    priority: props.priority === undefined ? undefined : Number(props.priority),
    options: {
      thresholds: Object.fromEntries(
        Object.entries(thresholds).flatMap(([key, value]) =>
          value === undefined ? [] : [[key, Number(value)]],
        ),
      ),
      on_missing_data: props.onMissingData,
      require_full_window: props.requireFullWindow,
      evaluation_delay: props.evaluationDelay,
      renotify_interval: props.renotifyInterval,
      renotify_occurrences: props.renotifyOccurrences,
      renotify_statuses: props.renotifyStatuses,
      ...(windows && {
        threshold_windows: { trigger_window: windows.triggerWindow, recovery_window: windows.recoveryWindow },
      }),
    },
  });
  if (status === 200) return { asked: "validation", outcome: "pass", message: "Datadog takes it" };
  if (status !== 400) throw new Unanswered(problem || `Datadog answered ${status}`);
  return {
    asked: "validation",
    outcome: "fail",
    message: `Datadog refuses it: ${problem || "no reason told"}`,
  };
}

async function dataOf(text: string, data: Data): Promise<readonly Finding[]> {
  const query = parseQuery(text);
  if (query?.kind === "objective") return [];
  if (!query)
    return [{ asked: "data", outcome: "unknown", message: "its query says what nobody here can read" }];
  try {
    if (query.kind === "metric") return await data.ofQuery(query);
    const [, quoted = ""] = /^[a-z-]+\("((?:[^"\\]|\\.)*)"\)/.exec(text) ?? [];
    return await data.ofEvents(query, quoted.replaceAll('\\"', '"'));
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return [{ asked: "data", outcome: "unknown", message: error.message }];
  }
}

/** An objective's id exists once it is deployed: it is found by its name. */
async function queryOnObjective(
  monitor: Resource<MonitorProps>,
  spec: StackSpec,
  datadog: Datadog,
): Promise<string | Finding> {
  const [target] = linked(monitor as Resource, "query", objective);
  const alert = alertsOf(spec)
    .filter((a) => isOfKind(a, "burn-rate", "error-budget"))
    .find(({ key }) => key === monitor.name);
  const unknown = (message: string): Finding => ({ asked: "validation", outcome: "unknown", message });
  if (!target || !alert) return unknown("its query says what nobody here can read");
  const { name } = target.props;
  try {
    const { data } = await datadog.ask(`/api/v1/slo?limit=100&query=${encodeURIComponent(name)}`);
    const found = objectives.safeParse(data);
    const ids = found.success ? found.data.data.filter((slo) => slo.name === name) : [];
    const [first] = ids;
    if (!first) return unknown(`its objective "${name}" is not deployed yet`);
    if (ids.length > 1) {
      return {
        asked: "validation",
        outcome: "fail",
        message: `${ids.length} objectives are called "${name}"`,
      };
    }
    return objectiveQuery(alert.signal, first.id);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    return unknown(error.message);
  }
}
