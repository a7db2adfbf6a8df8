/** A declared incident: what Datadog calls its severity, and who hears of it. */
import type { Role } from "./escalation.ts";
import { type Severity, severities, severityLevels } from "./severities.ts";

/** Datadog's name of a severity, such as `SEV-1`. */
export function datadogSeverity(severity: Severity): string {
  return severity.replace("SEV", "SEV-");
}

/** What somebody who declares an incident reads, so that two people judge it alike. */
export function severityGuide(): string {
  return severities
    .map((severity) => {
      const { title, examples, responseMinutes } = severityLevels[severity];
      return `${datadogSeverity(severity)} ${title}: ${examples.join(", ")}. Response within ${responseMinutes} minutes.`;
    })
    .join("\n");
}

/**
 * Who follows an incident by e-mail, beside the people whom its page reaches: requirements, "Severities and
 * escalation". The product lead speaks for the product to customers, so they know of whatever customers notice.
 */
export const followers: Readonly<Record<Severity, readonly Role[]>> = {
  SEV1: ["cto", "tech-lead", "devops-lead", "product-lead"],
  SEV2: ["tech-lead", "product-lead"],
  SEV3: [],
  SEV4: [],
};

/**
 * Roles beside Datadog's own incident commander, one person each: the parts that get lost when everybody
 * debugs. Google's "Site Reliability Engineering", chapter 14, and PagerDuty's "Incident Response" guide.
 */
export const incidentRoles: Readonly<Record<string, string>> = {
  "Operations lead": "The only one who changes production while the incident lasts, or says who does.",
  "Communications lead":
    "Keeps the status page, customers and management informed, at least every 30 minutes.",
  Scribe: "Writes the timeline as it happens: what was seen, decided and done, and when.",
};

/** What set an incident off; the share of deployments is DORA's change failure rate. */
export const triggers: Readonly<Record<string, string>> = {
  deployment: "Deployment",
  configuration: "Change of configuration or infrastructure",
  dependency: "Failure of a vendor or dependency",
  load: "Load or exhausted capacity",
  data: "Data or migration",
  security: "Attack or abuse",
  unknown: "Not known",
};

/** What ended the effect on customers. */
export const mitigations: Readonly<Record<string, string>> = {
  rollback: "Rollback",
  fix: "Fix deployed",
  failover: "Failover or restart",
  capacity: "More capacity or less load",
  restore: "Restore from backup",
  vendor: "Vendor's recovery",
  none: "It ended by itself",
};
