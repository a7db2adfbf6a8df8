/** Where an alert sends the person who got it. Links are known before anything is deployed. */
import type { StackSpec } from "../config/stack-spec.ts";

/** Pages under `runbooks/`. */
export const runbookPages = [
  "high-error-rate",
  "slow-responses",
  "service-outage",
  "database",
  "cache",
  "infrastructure",
  "certificates-and-dns",
  "backups",
  "frontend",
  "deployments",
  "jobs",
  "security",
  "telemetry",
] as const;
export type RunbookPage = (typeof runbookPages)[number];

/** The alert's section of a runbook on GitHub. */
export function runbookUrl(
  { repository }: Pick<StackSpec, "repository">,
  page: RunbookPage,
  id: string,
): string {
  return `https://github.com/${repository}/blob/main/runbooks/${page}.md#${id}`;
}

export const dashboardNames = ["Operations", "Business", "Technical"] as const;
export type DashboardName = (typeof dashboardNames)[number];

/** Title of a dashboard, distinct in the Datadog organisation. */
export function dashboardTitle(
  { product, stack }: Pick<StackSpec, "product" | "stack">,
  name: DashboardName,
): string {
  return `${product} ${stack}: ${name}`;
}

/**
 * Datadog's dashboard list, searched for the dashboard's title. The dashboard's own address holds an id that
 * exists only after its first deployment; with it, messages would be unknown in a preview.
 */
export function dashboardUrl(
  spec: Pick<StackSpec, "product" | "stack"> & { readonly monitoring: Pick<StackSpec["monitoring"], "site"> },
  name: DashboardName,
): string {
  return `${datadogPages(spec.monitoring.site)}/dashboard/lists?q=${encodeURIComponent(dashboardTitle(spec, name))}`;
}

/** Where a site of Datadog's, such as `datadoghq.eu`, serves its pages: the first of each continent under `app.`. */
export function datadogPages(site: string): string {
  return `https://${site.split(".").length === 2 ? `app.${site}` : site}`;
}
