import type { ChecklistRows } from "./row.ts";

const section = "Backups";
const proof = "policy";

export const backupsItems = {
  "BAK-01": {
    section,
    statement: "There is a backup of every day, week and month, kept as long as a mistake may go unnoticed",
    proof,
    why: "Corruption that is found after a month cannot be mended from backups of the last week.",
    remedy: "Set backups.dailyRetentionDays, weeklyRetentionDays and monthlyRetentionDays in {stackFile}.",
  },
  "BAK-02": {
    section,
    statement: "Every backup has a copy in a second region",
    proof,
    why: "What takes a region away takes its backups too.",
    remedy: "Set backups.copyRegion in {stackFile} to another region than aws:region.",
  },
  "BAK-03": {
    section,
    statement: "No database is left out of the backups",
    proof,
    why: "The database that nobody added to the plan is found out on the day it is needed.",
    remedy: "Tag it with backup: daily, product and environment, as components/database.ts does.",
  },
  "BAK-04": {
    section,
    statement: "Backups are encrypted with keys of their own",
    proof,
    why: "A backup that opens with the database's key is lost, or leaked, together with the database.",
    remedy: "Make vaults with components/backups/vault.ts.",
  },
  "BAK-05": {
    section,
    statement: "Nobody can delete a backup before its time, nor its key but one role for emergencies",
    proof,
    why: "Whoever extorts a company deletes its backups first, with an administrator's stolen account.",
    remedy:
      "Keep the lock of components/backups/vault.ts, and set backups.dailyRetentionDays and awsAccount.breakGlassRole in {stackFile}.",
  },
  "BAK-06": {
    section,
    statement: "A backup or copy that fails is told to people",
    proof,
    why: "Backups fail in silence, for months.",
    remedy:
      "Give somebody under people in {stackFile} the role devops-lead, and keep components/backups/failure-notices.ts.",
  },
  "BAK-07": {
    section,
    statement: "Backups are restored regularly, to see that they can be",
    proof,
    why: "A backup that was never restored is a hope.",
    remedy: "Keep the restore test of components/backups.ts for every database.",
  },
} as const satisfies ChecklistRows;
