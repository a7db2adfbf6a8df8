/**
 * The database's weekly maintenance, when AWS may restart it: components/database.ts declares the window, a
 * policy compares. A restart leaves the database's memory empty, so for an hour its disk and its percentiles
 * tell of the maintenance and not of the product. What users feel of it, errors and outages, is never muted.
 */
export const databaseMaintenance = {
  /** The first one, a Sunday, in UTC; then weekly. */
  start: "2026-01-04T03:00:00",
  hours: 1,
} as const;

/** Seconds since 1970 of the first window. */
export const maintenanceStartSeconds = Date.parse(`${databaseMaintenance.start}Z`) / 1000;
