/** Brings a base backup forward by its WAL, to a second or to the last of it. */
import { cpSync, existsSync, lchownSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { type Binaries, binaries } from "./binaries.ts";
import { type Cluster, type Owner, ownerHere, ran } from "./scratch.ts";

export interface BaseBackup {
  /** As `pg_basebackup --format=plain` writes it. */
  readonly folder: string;
  /** Where `archive_command` puts the WAL; what the backup itself has where absent. */
  readonly wal: string | undefined;
  /** ISO 8601. */
  readonly until: string | undefined;
  /** A superuser of it. */
  readonly user: string;
}

/** @throws UsageError for a folder that is none, or whose server is not on this machine */
export function binariesFor({ folder }: BaseBackup): Binaries {
  const version = join(folder, "PG_VERSION");
  if (!existsSync(version))
    throw new UsageError(`--base-backup ${folder} is none that pg_basebackup wrote, in plain format`);
  if (existsSync(join(folder, "pg_tblspc")) && readdirSync(join(folder, "pg_tblspc")).length > 0) {
    throw new UsageError(
      `--base-backup ${folder} has tablespaces of its own, which lie at places that are taken here`,
    );
  }
  return binaries(Number(readFileSync(version, "utf8")));
}

/** What a backup's own list of its files says of them. */
export async function verified(
  { folder }: BaseBackup,
  { folder: programs }: Binaries,
): Promise<readonly string[]> {
  if (!existsSync(join(folder, "backup_manifest"))) return [];
  const { errors, status } = await ran(
    join(programs, "pg_verifybackup"),
    ["--no-parse-wal", "--quiet", folder],
    {},
  );
  return status === 0 || errors.length > 0 ? errors : [`pg_verifybackup ended with ${status}`];
}

/** Of the place where it was made. */
const leftovers = [
  "postmaster.pid",
  "postmaster.opts",
  "postgresql.auto.conf",
  "standby.signal",
  "recovery.signal",
];

export function clusterOf({ folder, wal, until, user }: BaseBackup): Cluster {
  return {
    user,
    patienceMs: 3_600_000,
    fill: async (data) => {
      cpSync(folder, data, { recursive: true });
      for (const file of leftovers) rmSync(join(data, file), { force: true });
      if (wal !== undefined) cpSync(wal, join(data, "drill_wal"), { recursive: true });
      writeFileSync(join(data, "recovery.signal"), "");
      handAll(data, ownerHere());
    },
    settings: {
      hot_standby: "off",
      // Relative to the data directory; where there is none, every one is missing.
      restore_command: 'cp "drill_wal/%f" "%p" 2>/dev/null',
      recovery_target_action: "promote",
      ...(until !== undefined && { recovery_target_time: momentOf(until) }),
    },
  };
}

/** As a server knows it that has read no names of time zones yet. */
function momentOf(iso: string): string {
  return iso.replace("T", " ").replace(/Z$/, "+00");
}

function handAll(path: string, { uid, gid }: Owner): void {
  if (uid === undefined || gid === undefined) return;
  lchownSync(path, uid, gid);
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
    lchownSync(join(entry.parentPath, entry.name), uid, gid);
  }
}
