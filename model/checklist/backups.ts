import { databasesOfAws } from "../parts.ts";
import type { ChecklistRows } from "./row.ts";

const section = "Backups";
const proof = "policy";
const needs = { database: databasesOfAws } as const;
const elsewhere = { database: ["external"] } as const;

export const backupsItems = {
  "BAK-01": {
    section,
    statement: "There is a backup of every day, week and month, kept as long as a mistake may go unnoticed",
    proof,
    needs,
    why: "Corruption that is found after a month cannot be mended from backups of the last week.",
    remedy: "Set backups.dailyRetentionDays, weeklyRetentionDays and monthlyRetentionDays in {stackFile}.",
  },
  "BAK-02": {
    section,
    statement: "Every backup has a copy in a second region",
    proof,
    needs,
    why: "What takes a region away takes its backups too.",
    remedy: "Set backups.copyRegion in {stackFile} to another region than aws:region.",
  },
  "BAK-03": {
    section,
    statement: "No database is left out of the backups",
    proof,
    needs,
    why: "The database that nobody added to the plan is found out on the day it is needed.",
    remedy: "Tag it with backup: daily, product and environment, as components/database.ts does.",
  },
  "BAK-04": {
    section,
    statement: "Backups are encrypted with keys of their own",
    proof,
    needs,
    why: "A backup that opens with the database's key is lost, or leaked, together with the database.",
    remedy: "Make vaults with components/backups/vault.ts.",
  },
  "BAK-05": {
    section,
    statement: "Nobody can delete a backup before its time, nor its key but one role for emergencies",
    proof,
    needs,
    why: "Whoever extorts a company deletes its backups first, with an administrator's stolen account.",
    remedy:
      "Keep the lock of components/backups/vault.ts, and set backups.dailyRetentionDays and awsAccount.breakGlassRole in {stackFile}.",
  },
  "BAK-06": {
    section,
    statement: "A backup or copy that fails is told to people",
    proof,
    needs,
    why: "Backups fail in silence, for months.",
    remedy:
      "Give somebody under people in {stackFile} the role devops-lead, and keep components/backups/failure-notices.ts.",
  },
  "BAK-07": {
    section,
    statement: "Backups are restored regularly, to see that they can be",
    proof,
    needs,
    why: "A backup that was never restored is a hope.",
    remedy: "Keep the restore test of components/backups.ts for every database.",
  },
  "BAK-08": {
    section,
    statement:
      "Dumps of a database elsewhere lie in a bucket of ours, where nobody can delete one before its time",
    proof,
    needs: elsewhere,
    why: "Whoever takes the provider's account over, or its provider down, takes the provider's backups too.",
    remedy:
      "Set backups.dailyRetentionDays, monthlyRetentionDays and, in production, vaultLock: compliance in {stackFile}, and keep components/dump-store.ts.",
  },
  "BAK-09": {
    section,
    statement: "Dumps are encrypted with a key of their own, which one role for emergencies alone can delete",
    proof,
    needs: elsewhere,
    why: "A dump is the whole database in one file: who has the key has everything, and without it there is nothing.",
    remedy: "Keep the key in components/dump-store.ts, and set awsAccount.breakGlassRole in {stackFile}.",
  },
  "BAK-10": {
    section,
    statement: "One job of one branch adds dumps, and reads none",
    proof,
    needs: elsewhere,
    why: "What any branch can write to is restored one day with what a stranger put there.",
    remedy: "Restore the role in components/dump-store.ts.",
  },
} as const satisfies ChecklistRows;
