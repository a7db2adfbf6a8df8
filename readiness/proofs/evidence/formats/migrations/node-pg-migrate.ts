/**
 * The table of node-pg-migrate 9 beside the names of its files, by `node-pg-migrate.sql` in this folder. It keeps names
 * alone: that a file was edited since leaves no trace. Order as in
 * https://salsita.github.io/node-pg-migrate/cli (by timestamp, `--check-order`).
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { migrations, overtaken, type Wrong } from "./order.ts";

const schema = z.looseObject({
  table: z.literal("pgmigrations"),
  readAt: z.iso.datetime(),
  files: z.array(z.string().min(1)),
  applied: z.array(z.string().min(1)),
});

export const nodePgMigrate: Format = {
  name: "node-pg-migrate",
  kind: "migrations",
  made: 'psql -XqAt -v ON_ERROR_STOP=1 -v folder=migrations -f readiness/proofs/evidence/formats/migrations/node-pg-migrate.sql "$DATABASE_URL" > FILE',
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { applied, files, readAt } = shape.value;
  const there = files.map((file) => file.replace(/\.[^.]+$/, "")).toSorted(byTimestamp);
  const missing: Wrong[] = applied
    .filter((name) => !there.includes(name))
    .map((name) => ({ name, why: "missing file" }));
  const pending = there.filter((name) => !applied.includes(name));
  const measure = migrations(applied, pending, [...missing, ...overtaken(there, new Set(applied))]);
  if ("problem" in measure) return measure;
  return {
    tool: "node-pg-migrate",
    version: null,
    startedAt: readAt,
    finishedAt: readAt,
    commit: null,
    measure,
  };
}

/** By the number that a name begins with, then by the name. */
function byTimestamp(a: string, b: string): number {
  const difference = Number.parseInt(a, 10) - Number.parseInt(b, 10);
  return difference || (a < b ? -1 : 1);
}
