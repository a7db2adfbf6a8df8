import type { Settings } from "../../model/config/stack-spec.ts";

/** The parameter group of a PostgreSQL database: its family, and what differs from RDS's defaults. */
export function databaseParameters(
  settings: Pick<Settings<"database", "rds">, "engineVersion" | "maxConnections">,
) {
  return {
    family: `postgres${Number.parseInt(settings.engineVersion, 10)}`,
    description: "PostgreSQL with TLS only, and logs that explain an incident",
    parameters: [
      { name: "rds.force_ssl", value: "1" },
      // Milliseconds: twice the latency alert of a write, so that the log names what breaks a target.
      { name: "log_min_duration_statement", value: "750" },
      { name: "log_connections", value: "1" },
      { name: "log_disconnections", value: "1" },
      { name: "log_lock_waits", value: "1" },
      { name: "log_statement", value: "ddl" },
      // A transaction that a crashed client left open holds locks and stops vacuum: a minute, in milliseconds.
      { name: "idle_in_transaction_session_timeout", value: "60000" },
      // Both take effect at the next restart; RDS refuses to apply them at once.
      { name: "max_connections", value: String(settings.maxConnections), applyMethod: "pending-reboot" },
      { name: "shared_preload_libraries", value: "pg_stat_statements", applyMethod: "pending-reboot" },
    ],
  };
}
