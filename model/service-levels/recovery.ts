/** What a disaster may cost: how much data (RPO), how much time (RTO), and which copies make that true. */
import type { Tier } from "../tier.ts";

export interface RecoveryLevel {
  /** Recovery point objective of the database: minutes of writes that a restore may lose. */
  readonly databaseRpoMinutes: number;
  /** Recovery time objective of the database: minutes until it answers again after a restore. */
  readonly databaseRtoMinutes: number;
  /** Minutes in which a bad release is taken back, application and database migration together. */
  readonly rollbackMinutes: number;
  /** Days that each kind of backup must reach back. */
  readonly retentionDays: {
    readonly pointInTime: number;
    readonly daily: number;
    readonly weekly: number;
    readonly monthly: number;
  };
  /** Regions that hold a backup, the stack's own among them. */
  readonly copies: number;
}

/**
 * Amazon RDS uploads transaction logs every five minutes (RDS User Guide, "Restoring a DB instance to a
 * specified time"): no RPO by point-in-time recovery is shorter. The RTOs are what a restore into a new instance takes,
 * with the decision to start it; the failover of a Multi-AZ instance is over in one or two minutes. The time
 * for a rollback is that of requirements, "Deployment".
 */
export const recoveryLevels: Readonly<Record<Tier, RecoveryLevel>> = {
  production: {
    databaseRpoMinutes: 5,
    databaseRtoMinutes: 60,
    rollbackMinutes: 5,
    retentionDays: { pointInTime: 7, daily: 30, weekly: 90, monthly: 365 },
    copies: 2,
  },
  staging: {
    databaseRpoMinutes: 5,
    databaseRtoMinutes: 240,
    rollbackMinutes: 5,
    retentionDays: { pointInTime: 1, daily: 7, weekly: 14, monthly: 30 },
    copies: 2,
  },
};
