/**
 * The database's weekly maintenance, when AWS may restart it: components/database.ts declares the window, a
 * policy compares. A restart leaves the database's memory empty, so for an hour its disk and its percentiles
 * tell of the maintenance and not of the product. What users feel of it, errors and outages, is never muted.
 */
export const databaseMaintenance = {
  /** One of them, a Sunday, in UTC; they are weekly. */
  start: "2026-01-04T03:00:00",
  hours: 1,
} as const;

/** Seconds since 1970 of that window. */
export const maintenanceStartSeconds = Date.parse(`${databaseMaintenance.start}Z`) / 1000;

const weekSeconds = 604_800;

/** When the next window begins that has not begun yet, in UTC and without a zone, as Datadog's downtimes take it. */
export function nextMaintenance(now: Date): string {
  const weeks = Math.floor((now.getTime() / 1000 - maintenanceStartSeconds) / weekSeconds) + 1;
  return new Date((maintenanceStartSeconds + weeks * weekSeconds) * 1000).toISOString().slice(0, 19);
}
