/**
 * Alerts on error budgets: how fast they burn, and that they are spent. Each rate is watched over two windows
 * (burn-rate.ts): fast and medium page, slow is a ticket.
 */
import { type BurnSpeed, burnRateAlert } from "../../service-levels/burn-rate.ts";
import { endpointClasses } from "../../service-levels/targets.ts";
import type { ServiceRow, ServiceRows } from "../alert.ts";
import type { BurnRateSignal } from "../signal.ts";
import { budgetSpentAt } from "../thresholds.ts";

const availability = {
  runbook: "high-error-rate",
  dashboard: "Operations",
} as const;
const latency = { runbook: "slow-responses", dashboard: "Operations" } as const;

export const objectiveAlerts = {
  "availability-fast-burn": {
    title: "the error budget burns fast",
    meaning: "At this rate a month's error budget is gone in two days.",
    severity: "SEV2",
    ...availability,
    signals: () => [{ kind: "burn-rate", objective: "availability", ...burnRateAlert(30, "fast") }],
  },
  "availability-medium-burn": {
    title: "the error budget burns",
    meaning: "At this rate a month's error budget is gone in five days.",
    severity: "SEV3",
    ...availability,
    signals: () => [{ kind: "burn-rate", objective: "availability", ...burnRateAlert(30, "medium") }],
  },
  "availability-slow-burn": {
    title: "the error budget burns slowly",
    meaning: "At this rate a month's error budget is gone in ten days.",
    severity: "SEV4",
    ...availability,
    signals: () => [{ kind: "burn-rate", objective: "availability", ...burnRateAlert(30, "slow") }],
  },
  "availability-budget-spent": {
    title: "the month's error budget is spent",
    meaning: "Availability is below its level for the last 30 days: stop risky changes.",
    severity: "SEV3",
    ...availability,
    signals: (service) => [
      {
        kind: "error-budget",
        objective: "availability",
        thresholds: budgetSpentAt(service.serviceLevels.availability),
      },
    ],
  },
  // Slow answers are answers: a class that misses its target pages at most as SEV3.
  "latency-fast-burn": {
    title: "the latency budget burns fast",
    meaning: "At this rate the requests of a class that may be slow in a month are used up in two days.",
    severity: "SEV3",
    ...latency,
    signals: classBurns("fast"),
  },
  "latency-medium-burn": {
    title: "the latency budget burns",
    meaning: "At this rate the requests of a class that may be slow in a month are used up in five days.",
    severity: "SEV3",
    ...latency,
    signals: classBurns("medium"),
  },
  "latency-slow-burn": {
    title: "the latency budget burns slowly",
    meaning: "At this rate the requests of a class that may be slow in a month are used up in ten days.",
    severity: "SEV4",
    ...latency,
    signals: classBurns("slow"),
  },
} as const satisfies ServiceRows;

function classBurns(speed: BurnSpeed): ServiceRow["signals"] {
  return () =>
    endpointClasses.map(
      (name): BurnRateSignal => ({
        kind: "burn-rate",
        name,
        objective: `latency-${name}`,
        ...burnRateAlert(30, speed),
      }),
    );
}
