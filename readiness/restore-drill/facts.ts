/** What a database is made of, in words that are the same wherever it runs: what a restored one is held against. */
import { createHash } from "node:crypto";
import type { ClientBase } from "pg";
import { z } from "zod";

const named = z.record(z.string(), z.string());

/** Each part by name; a value that differs is a difference. */
export const facts = z.strictObject({
  /** Number of rows. */
  rows: named,
  /** Of all rows of a table, in whatever order. */
  data: named,
  columns: named,
  sequences: named,
  constraints: named,
  indexes: named,
  /** Views, functions, triggers, policies and types. */
  definitions: named,
  grants: named,
  extensions: named,
  roles: named,
});
export type Facts = z.output<typeof facts>;
export type Part = keyof Facts;

/** Text of values has to be the same on another server, in another time zone. */
const session = {
  timezone: "UTC",
  datestyle: "ISO, YMD",
  intervalstyle: "postgres",
  extra_float_digits: "1",
  bytea_output: "hex",
  lc_monetary: "C",
  xmloption: "content",
  search_path: "pg_catalog",
  // Rows that a policy hides would be no rows.
  row_security: "off",
  statement_timeout: "0",
} as const;

const own = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'";
/** What an extension brings is told by its version. */
const notOfExtension = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = '${catalog}'::regclass AND x.objid = ${oid} AND x.deptype = 'e')`;
const relation = "format('%I.%I', n.nspname, c.relname)";
const relations = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace`;

/** Of a scratch server alone: the roles of the original may be called anything else. */
export const drillUser = "readiness_drill";

/** Each gives `name` and `value`. */
const queries: Readonly<Record<Exclude<Part, "rows" | "data" | "sequences">, string>> = {
  columns: `SELECT ${relation} || '.' || quote_ident(a.attname) AS name,
      format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
        || CASE a.attidentity WHEN '' THEN '' ELSE ' identity ' || a.attidentity::text END
        || coalesce(' ' || CASE a.attgenerated WHEN '' THEN 'default ' ELSE 'generated ' END || pg_get_expr(d.adbin, d.adrelid), '') AS value
    FROM ${relations} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p', 'f') AND ${own} AND ${notOfExtension("pg_class", "c.oid")}`,
  constraints: `SELECT coalesce(${relation}, format('%I.%I', n2.nspname, t.typname)) || ' ' || quote_ident(k.conname) AS name,
      pg_get_constraintdef(k.oid) AS value
    FROM pg_constraint k LEFT JOIN (${relations}) ON c.oid = k.conrelid
    LEFT JOIN (pg_type t JOIN pg_namespace n2 ON n2.oid = t.typnamespace) ON t.oid = k.contypid
    WHERE k.contype NOT IN ('t', 'n') AND coalesce(n.nspname, n2.nspname) NOT IN ('pg_catalog', 'information_schema')
      AND coalesce(n.nspname, n2.nspname) !~ '^pg_(toast|temp)' AND ${notOfExtension("pg_constraint", "k.oid")}
      AND (c.oid IS NULL OR ${notOfExtension("pg_class", "c.oid")}) AND (t.oid IS NULL OR ${notOfExtension("pg_type", "t.oid")})`,
  indexes: `SELECT ${relation} AS name,
      pg_get_indexdef(c.oid) || CASE WHEN i.indisvalid THEN '' ELSE ' (invalid)' END AS value
    FROM pg_index i JOIN (${relations}) ON c.oid = i.indexrelid
    WHERE ${own} AND ${notOfExtension("pg_class", "i.indrelid")}`,
  definitions: `SELECT 'view ' || ${relation} AS name, md5(pg_get_viewdef(c.oid)) AS value
      FROM ${relations} WHERE c.relkind IN ('v', 'm') AND ${own} AND ${notOfExtension("pg_class", "c.oid")}
    UNION ALL SELECT 'function ' || format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)), md5(pg_get_functiondef(p.oid))
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.prokind IN ('f', 'p') AND ${own} AND ${notOfExtension("pg_proc", "p.oid")}
    UNION ALL SELECT 'trigger ' || quote_ident(g.tgname) || ' on ' || ${relation}, pg_get_triggerdef(g.oid) || ' ' || g.tgenabled::text
      FROM pg_trigger g JOIN (${relations}) ON c.oid = g.tgrelid WHERE NOT g.tgisinternal AND ${own}
    UNION ALL SELECT 'policy ' || quote_ident(p.polname) || ' on ' || ${relation},
        concat_ws(' ', p.polcmd::text, p.polpermissive::text, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
      FROM pg_policy p JOIN (${relations}) ON c.oid = p.polrelid WHERE ${own}
    UNION ALL SELECT 'type ' || format('%I.%I', n.nspname, t.typname),
        concat_ws(' ', t.typtype::text, (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE t.typtype IN ('e', 'd', 'r') AND ${own} AND ${notOfExtension("pg_type", "t.oid")}`,
  grants: `SELECT ${relation} AS name, pg_get_userbyid(c.relowner) || coalesce(' ' || (SELECT string_agg(g::text, ' ' ORDER BY g::text) FROM unnest(c.relacl) g), '')
        || CASE WHEN c.relrowsecurity THEN ' row security' ELSE '' END AS value
    FROM ${relations} WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND ${own} AND ${notOfExtension("pg_class", "c.oid")}`,
  extensions: `SELECT extname AS name, extversion AS value FROM pg_extension`,
  // Roles that the server, or the vendor of a managed one, has by itself are nobody's loss.
  roles: `SELECT r.rolname AS name,
      concat_ws(' ', CASE WHEN r.rolcanlogin THEN 'login' END, CASE WHEN r.rolsuper THEN 'superuser' END,
        CASE WHEN r.rolcreaterole THEN 'createrole' END, CASE WHEN r.rolcreatedb THEN 'createdb' END,
        CASE WHEN r.rolreplication THEN 'replication' END, CASE WHEN r.rolbypassrls THEN 'bypassrls' END,
        'in ' || (SELECT string_agg(m.rolname, ',' ORDER BY m.rolname) FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.roleid WHERE a.member = r.oid)) AS value
    FROM pg_roles r WHERE r.rolname !~ '^(pg_|rds)' AND r.rolname <> '${drillUser}'`,
};

/**
 * Looks at all of it in one snapshot; the transaction is left open for whoever copies the same state.
 * @param work is told of the snapshot, while it lasts
 */
export async function takeFacts(client: ClientBase, work?: () => Promise<void>): Promise<Facts> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    for (const [name, value] of Object.entries(session)) {
      await client.query("SELECT set_config($1, $2, true)", [name, value]);
    }
    const read = async (query: string) => {
      const { rows } = await client.query(`${query} ORDER BY 1`);
      return Object.fromEntries(rows.map(({ name, value }) => [String(name), String(value)]));
    };
    const parts: Partial<Record<Part, Record<string, string>>> = {};
    for (const [part, query] of Object.entries(queries)) parts[part as Part] = await read(query);
    parts.sequences = await sequencesOf(client);
    Object.assign(parts, await tablesOf(client));
    await work?.();
    return facts.parse(parts);
  } finally {
    await client.query("ROLLBACK").catch(() => {});
  }
}

async function sequencesOf(client: ClientBase): Promise<Record<string, string>> {
  const { rows } = await client.query(
    `SELECT ${relation} AS name, s.seqincrement::text AS step FROM ${relations} JOIN pg_sequence s ON s.seqrelid = c.oid
      WHERE ${own} AND ${notOfExtension("pg_class", "c.oid")} ORDER BY 1`,
  );
  const found: Record<string, string> = {};
  for (const { name, step } of rows) {
    const { rows: values } = await client.query(
      `SELECT last_value::text AS last, is_called AS used FROM ${name}`,
    );
    const [{ last, used }] = values;
    found[name] = `${last}${step === "1" ? "" : ` by ${step}`}${used ? "" : " (not used)"}`;
  }
  return found;
}

/** Tables and what is kept of views; a partitioned table is its parts. What is not logged does not survive by design. */
async function tablesOf(client: ClientBase): Promise<Pick<Facts, "rows" | "data">> {
  const { rows: tables } = await client.query(
    `SELECT ${relation} AS name FROM ${relations} WHERE c.relkind IN ('r', 'm') AND c.relpersistence = 'p' AND c.relispopulated AND ${own}
      AND ${notOfExtension("pg_class", "c.oid")} ORDER BY 1`,
  );
  const found: Pick<Facts, "rows" | "data"> = { rows: {}, data: {} };
  for (const { name } of tables) {
    // A sum does not care for the order, and counts what is there twice.
    const half = (from: number) => `sum(('x' || substr(h, ${from}, 16))::bit(64)::bigint::numeric)`;
    const { rows } = await client.query(
      `SELECT count(*)::text AS rows, coalesce(${half(1)}::text || ' ' || ${half(17)}::text, '') AS data FROM (SELECT md5(t::text) AS h FROM ${name} t) d`,
    );
    found.rows[name] = rows[0].rows;
    found.data[name] = digest(rows[0].data);
  }
  return found;
}

export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
