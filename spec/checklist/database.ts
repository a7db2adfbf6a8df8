import type { Rows } from "./row.ts";

export const databaseItems = {
  "DB-02": {
    section: "Database",
    statement: "The database can be restored to any second of the last days",
    proof: "policy",
    why: "Without automated backups a bad migration or deletion loses customer data for good.",
    remedy: "Set database.backupRetentionDays in {stackFile}.",
  },
} as const satisfies Rows;
