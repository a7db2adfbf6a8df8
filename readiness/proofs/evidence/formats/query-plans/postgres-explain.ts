/**
 * `EXPLAIN (FORMAT JSON)` of PostgreSQL: https://www.postgresql.org/docs/current/sql-explain.html. A list of plans by
 * `query-plans.sql` in this folder, which adds the statement and the rows of each table, or the plan of one statement.
 * A plan holds for the planner's settings and statistics of that database: give one as large as production's.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, QueryPlansMeasure, RawFile, Reading, Unreadable } from "../../reading.ts";
import { oneLine } from "../values.ts";

const rows = z.number().min(0);
const node = z.looseObject({
  "Node Type": z.string().min(1),
  "Relation Name": z.string().optional(),
  "Parallel Aware": z.boolean(),
  Filter: z.string().optional(),
  "Actual Rows": rows.optional(),
  "Actual Loops": rows.optional(),
  "Rows Removed by Filter": rows.optional(),
  get Plans() {
    return z.array(node).optional();
  },
});
const explained = z.looseObject({
  Plan: node,
  "Query Text": z.string().optional(),
  Settings: z.record(z.string(), z.string()).optional(),
  /** Of each table; -1 where it was never analysed. */
  "Table Rows": z.record(z.string(), z.number().min(-1)).optional(),
});
const schema = z.array(explained).min(1);
type Node = z.infer<typeof node>;
type Explained = z.infer<typeof explained>;
type Plan = QueryPlansMeasure["plans"][number];

export const postgresExplain: Format = {
  name: "postgres-explain",
  kind: "query-plans",
  made: 'psql -XqAt -v ON_ERROR_STOP=1 -v queries=queries.sql -f readiness/proofs/evidence/formats/query-plans/query-plans.sql "$DATABASE_URL" > FILE',
  read,
};

function read({ path, bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const plans: Plan[] = [];
  for (const each of shape.value) {
    const query = oneLine(each["Query Text"] ?? path);
    const scans = scansOf(each);
    if ("problem" in scans) return { problem: `${query}: ${scans.problem}` };
    plans.push({ query, scans });
  }
  const measure = { kind: "query-plans", plans } as const;
  return { tool: "postgresql", version: null, startedAt: null, finishedAt: null, commit: null, measure };
}

/** Nodes that read a table; others that are called scans read what another node made. */
const reading = /^(Seq|Sample|Index|Index Only|Bitmap Heap|Tid|Tid Range) Scan$/;

function scansOf(explained: Explained): Plan["scans"] | Unreadable {
  const { Plan: root, Settings: settings = {}, "Table Rows": sizes } = explained;
  const off = Object.keys(settings).find((name) => name.startsWith("enable_"));
  if (off !== undefined) {
    return { problem: `planned with ${oneLine(off)} changed, must be with production's settings` };
  }
  const scans = [];
  for (const node of nodesOf(root).filter((n) => reading.test(n["Node Type"]))) {
    const table = node["Relation Name"];
    if (table === undefined) return { problem: `${oneLine(node["Node Type"])} has no table` };
    const size = sizes && Object.hasOwn(sizes, table) ? sizes[table] : undefined;
    if (size !== undefined && size < 0) {
      return { problem: `planned without statistics: run ANALYZE ${oneLine(table)} before` };
    }
    const rows = sizes ? size : rowsRead(node);
    if (rows === undefined) {
      return {
        problem: `it does not tell how many rows of ${oneLine(table)} are read: use query-plans.sql, or EXPLAIN ANALYZE`,
      };
    }
    if (node["Node Type"] === "Seq Scan") scans.push({ table: oneLine(table), rows });
  }
  return scans;
}

function nodesOf(root: Node): readonly Node[] {
  const nodes = [root];
  for (const each of nodes) nodes.push(...(each.Plans ?? []));
  return nodes;
}

/** Rows that a scan read under ANALYZE, not those that it returned. */
function rowsRead(scan: Node): number | undefined {
  const { "Actual Rows": returned, "Actual Loops": loops = 0, Filter: filter } = scan;
  const removed = scan["Rows Removed by Filter"] ?? (filter === undefined ? 0 : undefined);
  if (returned === undefined || removed === undefined || loops === 0) return undefined;
  // Figures are those of one loop: of a worker, or of a repetition, which reads the table again.
  return Math.round((returned + removed) * (scan["Parallel Aware"] ? loops : 1));
}
