/**
 * Drizzle's migration table beside its journal and the digests of its files, by `drizzle.sql` in this folder. Drizzle
 * keeps of each migration the digest and the journal's time, and applies what is later than the last:
 * https://github.com/drizzle-team/drizzle-orm/blob/main/drizzle-orm/src/pg-core/dialect.ts.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { count } from "../values.ts";
import { migrations, overtaken, type Wrong } from "./order.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256");
const schema = z.looseObject({
  table: z.literal("drizzle.__drizzle_migrations"),
  readAt: z.iso.datetime(),
  journal: z.looseObject({
    version: z.literal("7"),
    dialect: z.literal("postgresql"),
    entries: z.array(z.looseObject({ idx: count, when: count, tag: z.string().min(1) })),
  }),
  files: z.record(z.string(), digest),
  applied: z.array(z.looseObject({ hash: digest, created_at: count })),
});

export const drizzle: Format = {
  name: "drizzle",
  kind: "migrations",
  made: 'psql -XqAt -v ON_ERROR_STOP=1 -v folder=drizzle -f readiness/proofs/evidence/formats/migrations/drizzle.sql "$DATABASE_URL" > FILE',
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { applied, files, journal, readAt } = shape.value;
  const digests = new Map(Object.entries(files));
  const entryAt = new Map(journal.entries.map((entry) => [entry.when, entry]));
  const wrong: Wrong[] = [];
  const names = applied.map(({ hash, created_at }) => {
    const entry = entryAt.get(created_at);
    const name = entry?.tag ?? hash.slice(0, 12);
    const file = entry && digests.get(`${entry.tag}.sql`);
    if (!entry) wrong.push({ name, why: "missing in the journal" });
    else if (file !== undefined && file !== hash) wrong.push({ name, why: "edited since" });
    return name;
  });
  const missing = journal.entries.filter(({ tag }) => !digests.has(`${tag}.sql`));
  wrong.push(...missing.map(({ tag }) => ({ name: tag, why: "missing file" })));
  const byTime = journal.entries.toSorted((a, b) => a.when - b.when).map(({ tag }) => tag);
  wrong.push(...overtaken(byTime, new Set(names)));
  const pending = journal.entries.map(({ tag }) => tag).filter((tag) => !names.includes(tag));
  const measure = migrations(names, pending, wrong);
  if ("problem" in measure) return measure;
  return { tool: "drizzle", version: null, startedAt: readAt, finishedAt: readAt, commit: null, measure };
}
