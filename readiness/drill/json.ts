/** A drill on paper as JSON; report.schema.json describes it. */
import { exact } from "../../model/exact.ts";
import { escalationJson, time, timeOrNull, windowJson } from "../paging/json.ts";
import { jsonText } from "../terminal/json-text.ts";
import type { DrillReport } from "./text.ts";
import { budgetBurnt, type DrillFault, ringsAfter } from "./timeline.ts";

export const drillSchemaVersion = "1.0";

export function drillJson(report: DrillReport): string {
  const { stack, chain, timeZone, begun, note, faults, worst, told, rings, targetPercent } = report;
  const { alert, severity, service } = chain;
  return jsonText({
    schemaVersion: drillSchemaVersion,
    stack,
    alert: alert.resource.name,
    title: alert.name,
    severity,
    service: service.props.name ?? service.name,
    timeZone,
    at: time(begun),
    note: note ?? null,
    targetPercent: targetPercent ?? null,
    healthy: healthyJson(report.quietness),
    faults: faults.map((fault) => faultJson(fault, report)),
    worst: worst?.name ?? null,
    told: time(told),
    rings: timeOrNull(rings),
    escalation: escalationJson(report.escalation, rings),
    maintenance: report.silent.map(windowJson),
    incidents: report.story.map(({ service: { props, name }, alerts }) => ({
      service: props.name ?? name,
      alerts: alerts.map((one) => ({ alert: one.chain.alert.resource.name, afterSeconds: one.after })),
    })),
  });
}

function healthyJson(quietness: DrillReport["quietness"]) {
  const { kind } = quietness;
  return kind === "chance"
    ? { kind, pagesAWeek: exact(quietness.aWeek), why: quietness.because }
    : { kind, pagesAWeek: null, why: quietness.why };
}

function faultJson(fault: DrillFault, { begun, targetPercent }: DrillReport) {
  const { name, outage = null, errorShare, steps } = fault;
  const seconds = steps ? ringsAfter(fault) : undefined;
  const burns = seconds !== undefined && targetPercent !== undefined && errorShare > 0;
  return {
    name,
    outage,
    errorShare,
    afterSeconds: seconds ?? null,
    at: timeOrNull(seconds === undefined ? undefined : begun + seconds * 1000),
    steps: (steps ?? []).map((step) => ({ ...step, assumed: step.assumed ?? false })),
    budgetBurntPercent: burns ? exact(budgetBurnt(seconds, errorShare, targetPercent) * 100) : null,
  };
}
