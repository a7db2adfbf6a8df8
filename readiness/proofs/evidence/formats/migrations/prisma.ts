/**
 * Prisma's migration table beside the digests of its files, by `prisma.sql` in this folder: `prisma migrate status` says
 * "up to date" of files that were edited, and of those that are gone. A row without an end failed, unless it was marked as
 * rolled back: https://www.prisma.io/docs/orm/prisma-migrate/workflows/patching-and-hotfixing.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { migrations, overtaken, type Wrong } from "./order.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256");
const moment = z.iso.datetime({ offset: true });
const schema = z.looseObject({
  table: z.literal("_prisma_migrations"),
  readAt: z.iso.datetime(),
  folders: z.array(z.looseObject({ name: z.string().min(1), sha256: z.array(digest).min(1).nullable() })),
  rows: z.array(
    z.looseObject({
      migration_name: z.string().min(1),
      checksum: z.string().regex(/^[0-9a-f]{32,64}$/, "must be a SHA-256"),
      finished_at: moment.nullable(),
      rolled_back_at: moment.nullable(),
    }),
  ),
});

export const prisma: Format = {
  name: "prisma",
  kind: "migrations",
  made: 'psql -XqAt -v ON_ERROR_STOP=1 -v folder=prisma/migrations -f readiness/proofs/evidence/formats/migrations/prisma.sql "$DATABASE_URL" > FILE',
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { folders, readAt, rows } = shape.value;
  const digests = new Map(folders.map(({ name, sha256 }) => [name, sha256]));
  const standing = rows.filter((row) => row.rolled_back_at === null);
  const wrong: Wrong[] = folders
    .filter(({ sha256 }) => sha256 === null)
    .map(({ name }) => ({ name, why: "missing file" }));
  for (const { migration_name: name, checksum, finished_at } of standing) {
    const file = digests.get(name);
    if (finished_at === null) wrong.push({ name, why: "failed" });
    else if (file === undefined) wrong.push({ name, why: "missing file" });
    else if (file && !file.some((sha256) => isChecksum(checksum, sha256))) {
      wrong.push({ name, why: "edited since" });
    }
  }
  const applied = standing.filter((row) => row.finished_at !== null).map((row) => row.migration_name);
  // As Prisma applies them.
  const names = folders.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1));
  wrong.push(...overtaken(names, new Set(applied)));
  const pending = names.filter((name) => !applied.includes(name));
  const measure = migrations(applied, pending, wrong);
  if ("problem" in measure) return measure;
  return { tool: "prisma", version: null, startedAt: readAt, finishedAt: readAt, commit: null, measure };
}

/**
 * Older versions lost the zero of each byte below 16:
 * https://github.com/prisma/prisma-engines/blob/main/schema-engine/connectors/schema-connector/src/checksum.rs.
 */
function isChecksum(checksum: string, sha256: string): boolean {
  return checksum === sha256 || checksum === sha256.replaceAll(/../g, (byte) => byte.replace(/^0/, ""));
}
