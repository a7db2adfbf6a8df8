import { databasesOfAws } from "../parts.ts";
import type { ChecklistRows } from "./row.ts";

const section = "Database";
const proof = "policy";
const needs = { database: databasesOfAws } as const;

export const databaseItems = {
  "DB-01": {
    section,
    statement: "Only the application's private network, or its own listed addresses, can reach the database",
    proof,
    needs,
    why: "A database that the internet can reach is attacked all day, and one leaked password is enough.",
    remedy:
      "Give it the network's data subnets and a private network.privateNetworkCidr, or list network.addresses ({stackFile}, components/database.ts).",
  },
  "DB-02": {
    section,
    statement: "The database can be restored to any second of the last days",
    proof,
    needs,
    why: "Without automated backups a bad migration or deletion loses customer data for good.",
    remedy: "Set database.backupRetentionDays in {stackFile}.",
  },
  "DB-03": {
    section,
    statement: "The database's data at rest is encrypted with a key of its own",
    proof,
    needs,
    why: "Only with a key of its own can access to a copied snapshot be refused, seen and taken back.",
    remedy: "Pass the key of components/database.ts to storage and insights.",
  },
  "DB-04": {
    section,
    statement: "Every connection to the database is encrypted, with a certificate that clients can check",
    proof,
    needs,
    why: "PostgreSQL clients fall back to plain text in silence where the server lets them.",
    remedy:
      "Keep rds.force_ssl in components/database/parameters.ts and caCertIdentifier in components/database.ts.",
  },
  "DB-05": {
    section,
    statement: "The database survives the loss of a zone by itself",
    proof,
    needs,
    why: "With one instance, a failed zone means a restore by hand: hours instead of two minutes.",
    remedy: "Set database.multiAz to true in {stackFile}.",
  },
  "DB-06": {
    section,
    statement: "Deleting the database takes more than one mistake, and leaves a way back",
    proof,
    needs,
    why: "RDS by default deletes an instance together with its backups.",
    remedy: "Leave deletion protection, final snapshot and automated backups to components/database.ts.",
  },
  "DB-07": {
    section,
    statement: "No password of the database stands in code, config, state or environment",
    proof,
    needs,
    why: "A password that is written down is copied, leaks, and outlives the people who knew it.",
    remedy: "Leave the master password to Secrets Manager and log-ins to IAM in components/database.ts.",
  },
  "DB-08": {
    section,
    statement: "The database tells what it does: load, host, slow statements, connections, errors",
    proof,
    needs,
    why: "At three in the morning, what was not recorded cannot be looked up.",
    remedy:
      "Keep insights, monitoring and logs in components/database.ts, and set network.logRetentionDays in {stackFile}.",
  },
  "DB-09": {
    section,
    statement: "The database gets security fixes by itself",
    proof,
    needs,
    why: "Published holes of PostgreSQL are used within days.",
    remedy: "Leave autoMinorVersionUpgrade to components/database.ts.",
  },
  "DB-10": {
    section,
    statement: "The database's storage grows before it is full",
    proof,
    needs,
    why: "A full disk stops every write, and enlarging it by hand takes hours.",
    remedy: "Set database.maxStorageGiB to at least 1.26 times database.storageGiB in {stackFile}.",
  },
  "DB-11": {
    section,
    statement: "Nothing of the database is set to what loses data, restarts it by day or hides what it does",
    proof,
    needs,
    why: "RDS's defaults are sound, and one more line turns them off without anybody noticing.",
    remedy: "Take the line out of components/database.ts or components/database/parameters.ts.",
  },
} as const satisfies ChecklistRows;
