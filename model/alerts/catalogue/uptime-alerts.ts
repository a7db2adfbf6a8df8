/** Alerts of synthetic checks: what a visitor would find, asked for from outside. */
import type { ServiceRows } from "../alert.ts";
import type { CheckSignal, HttpCheck } from "../signal.ts";
import { apiChecks, healthCheck, homepage, pageChecks } from "../synthetic-checks.ts";

export const uptimeAlerts = {
  "uptime-homepage": {
    title: "the homepage does not answer",
    meaning: "Nobody gets in: customers see an error or wait too long.",
    severity: "SEV1",
    runbook: "service-outage",
    dashboard: "Operations",
    signals: (service, spec) => signals(pageChecks(service, spec).filter(isHomepage)),
  },
  "uptime-health": {
    title: "the service says that it is not healthy",
    meaning: "It has lost its database, its cache or its memory, and fails or is about to.",
    severity: "SEV1",
    runbook: "service-outage",
    dashboard: "Operations",
    signals: (service, spec) => signals([healthCheck(service, spec)]),
  },
  "uptime-page": {
    title: "a page does not answer",
    meaning: "A part of the product cannot be used.",
    severity: "SEV2",
    runbook: "service-outage",
    dashboard: "Operations",
    signals: (service, spec) => signals(pageChecks(service, spec).filter((check) => !isHomepage(check))),
  },
  "uptime-api": {
    title: "an API route does not answer",
    meaning: "Pages open, but stay empty.",
    severity: "SEV2",
    runbook: "service-outage",
    dashboard: "Operations",
    signals: (service, spec) => signals(apiChecks(service, spec)),
  },
} as const satisfies ServiceRows;

function isHomepage({ roles = [] }: HttpCheck): boolean {
  return roles.includes(homepage);
}

function signals(checks: readonly HttpCheck[]): readonly CheckSignal[] {
  return checks.map((check) => ({ kind: "check", check }));
}
