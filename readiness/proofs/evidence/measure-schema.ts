/** The form of each measure in a statement, so that it has nothing else and nothing less. */
import { z } from "zod";
import type { Measure } from "../../../model/evidence/measure.ts";

const count = z.int().min(0);
const amount = z.number().min(0);
const text = z.string();
const list = z.array(text);
const covered = z.strictObject({ covered: count, total: count });

export const shard = z
  .strictObject({ index: z.int().min(1).max(10_000), total: z.int().min(1).max(10_000) })
  .refine(({ index, total }) => index <= total)
  .describe("a part of a run such as { index: 1, total: 3 }");

const watch = {
  host: text,
  minutes: count,
  requests: count,
  errors: count,
  shown: z.boolean(),
  failed: list,
  unknown: list,
};

const forms = [
  z.strictObject({
    kind: z.literal("tests"),
    total: count,
    passed: count,
    failed: count,
    skipped: count,
    flaky: count,
    shard: shard.nullable(),
    narrowedBy: text.nullable(),
  }),
  z.strictObject({
    kind: z.literal("coverage"),
    lines: covered,
    statements: covered,
    functions: covered,
    branches: covered,
    files: list,
  }),
  z.strictObject({
    kind: z.literal("lint"),
    files: count,
    errors: count,
    warnings: count,
    suppressed: count.nullable(),
  }),
  z.strictObject({ kind: z.literal("command"), command: text, exitCode: z.int(), seconds: amount }),
  z.strictObject({
    kind: z.literal("vulnerabilities"),
    dependencies: count,
    known: z.strictObject({ low: count, moderate: count, high: count, critical: count, unknown: count }),
    named: list,
    databaseFrom: text.nullable(),
    sources: list,
  }),
  z.strictObject({
    kind: z.literal("bundle"),
    routes: z.array(z.strictObject({ route: text, bytes: amount, compressed: z.boolean() })),
  }),
  z.strictObject({
    kind: z.literal("accessibility"),
    pages: z.array(z.strictObject({ url: text, violations: list, passes: count, incomplete: count })),
    standards: list,
  }),
  z.strictObject({
    kind: z.literal("transport"),
    host: text,
    certificates: z.array(
      z.strictObject({
        validFrom: text,
        validTo: text,
        daysLeft: z.int(),
        ofHost: z.boolean(),
        distrust: text.nullable(),
      }),
    ),
    versions: z.array(z.strictObject({ version: text, accepted: z.boolean().nullable() })),
    clockSeconds: z.int().nullable(),
    pages: z.array(z.strictObject({ url: text, secure: text.nullable(), plain: text.nullable() })),
  }),
  z.strictObject({
    kind: z.literal("headers"),
    host: text,
    pages: z.array(
      z.strictObject({
        url: text,
        problem: text.nullable(),
        score: z.int(),
        grade: text,
        deductions: list,
      }),
    ),
  }),
  z.strictObject({
    kind: z.literal("performance"),
    pages: z.array(
      z.strictObject({
        url: text,
        shown: text,
        lcpMs: amount.nullable(),
        cls: amount.nullable(),
        inpMs: amount.nullable(),
        responseMs: amount.nullable(),
      }),
    ),
  }),
  z.strictObject({
    kind: z.literal("load"),
    classes: z.array(
      z.strictObject({ class: text, requests: count, failures: count, p95Ms: amount.nullable() }),
    ),
    broken: list,
  }),
  z.strictObject({ kind: z.literal("migrations"), applied: list, pending: list, wrong: list }),
  z.strictObject({
    kind: z.literal("query-plans"),
    plans: z.array(
      z.strictObject({
        query: text,
        scans: z.array(z.strictObject({ table: text, rows: amount })),
      }),
    ),
  }),
  z.strictObject({
    kind: z.literal("restore"),
    vault: text,
    recoveryPoint: text,
    minutes: amount,
    lostMinutes: amount,
    checks: z.array(z.strictObject({ what: text, expected: text, found: text })),
  }),
  z.strictObject({
    kind: z.literal("rollback"),
    applicationMinutes: amount,
    databaseMinutes: amount,
    minutes: amount,
    from: text,
    to: text,
  }),
  z.strictObject({
    kind: z.literal("drill"),
    severity: text,
    paged: z.array(z.strictObject({ person: text, answeredAfterMinutes: amount.nullable() })),
  }),
  z.strictObject({
    kind: z.literal("security-review"),
    reviewer: text,
    edition: z.enum(["2021", "2025"]),
    reviewed: list,
    failed: list,
    open: list,
  }),
  z.strictObject({ kind: z.literal("alert-history"), hours: amount, watched: count, open: list }),
  z.strictObject({
    kind: z.literal("records"),
    host: text,
    records: z.array(
      z.strictObject({
        name: text,
        type: text,
        wanted: z.boolean(),
        outcome: z.enum(["pass", "fail", "unknown"]),
        said: text,
      }),
    ),
    signed: z.boolean().nullable(),
  }),
  z.strictObject({ kind: z.literal("watch-10m"), ...watch }),
  z.strictObject({ kind: z.literal("watch-1h"), ...watch }),
] as const;

/** What a run of a tool said, by kind; measure.schema.json is the same for others. */
export const measureSchema = z.discriminatedUnion("kind", forms);

/** The schema has every kind, and each as its type wants it: otherwise one of these does not compile. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
true satisfies Same<z.output<typeof measureSchema>["kind"], Measure["kind"]>;
({}) as z.output<typeof measureSchema> satisfies Measure;
