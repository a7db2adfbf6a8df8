import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { judgeMigrations } from "../../../../readiness/rollback/database/migrations.ts";
import { statements } from "../../../../readiness/rollback/database/sql.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "readiness-migrations-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const js = (up: string, down = "") => ["js", `exports.up = (pgm) => { ${up} };\n${down}\n`] as const;
const sql = (up: string, down?: string) =>
  ["sql", `-- Up Migration\n${up}\n${down === undefined ? "" : `-- Down Migration\n${down}\n`}`] as const;
const down = (body: string) => `exports.down = (pgm) => { ${body} };`;

it.each<[string, readonly [string, string], string, RegExp?]>([
  ["an index", js('pgm.createIndex("orders", "at");'), "reversible"],
  [
    "an index, made beside the work",
    js('pgm.noTransaction(); pgm.createIndex("orders", "at", { concurrently: true });'),
    "reversible",
  ],
  [
    "a constraint that goes",
    sql(
      "ALTER TABLE orders DROP CONSTRAINT a;",
      "ALTER TABLE orders ADD CONSTRAINT a CHECK (x > 0) NOT VALID;",
    ),
    "reversible",
  ],
  ["a new column", js('pgm.addColumn("orders", { note: "text" });'), "discards", /drop "note"/],
  [
    "a new table with a key to another",
    js(
      'pgm.createTable("notes", { id: "id", text: { type: "text", notNull: true }, order: { type: "int", references: "orders" } });',
    ),
    "discards",
    /drop table "notes"/,
  ],
  [
    "a column that goes",
    js('pgm.dropColumn("orders", "note");', down('pgm.addColumn("orders", { note: "text" });')),
    "contract",
    /drop "note"/,
  ],
  ["rows that go", sql("DELETE FROM orders WHERE old;", "SELECT 1;"), "contract", /delete from orders/],
  ["a table that goes, in other words", sql("drop   TABLE\n if exists orders;", ""), "contract"],
  ["a new name", js('pgm.renameColumn("orders", "a", "b");'), "contract", /rename/],
  [
    "another type",
    js(
      'pgm.alterColumn("orders", "a", { type: "bigint" });',
      down('pgm.alterColumn("orders", "a", { type: "int" });'),
    ),
    "contract",
  ],
  [
    "a column that is needed",
    sql("ALTER TABLE orders ADD COLUMN a int NOT NULL;", "ALTER TABLE orders DROP COLUMN a;"),
    "contract",
  ],
  [
    "a column that is needed, with a default",
    sql("ALTER TABLE orders ADD COLUMN a int NOT NULL DEFAULT 0;", "ALTER TABLE orders DROP COLUMN a;"),
    "discards",
  ],
  [
    "one that says it has no way back",
    js('pgm.createIndex("a", "b");', "exports.down = false;"),
    "one-way",
    /no down/,
  ],
  ["SQL without a down", sql("CREATE INDEX a ON b (c);"), "one-way", /no down/],
  ["a down that does nothing", js('pgm.createIndex("a", "b");', down("")), "one-way", /does nothing/],
  [
    "a down that is a comment",
    sql("CREATE INDEX a ON b (c);", "-- DROP INDEX a;"),
    "one-way",
    /does nothing/,
  ],
  [
    "statements with no way back",
    js('pgm.sql("CREATE INDEX a ON b (c)");'),
    "one-way",
    /no down that can be read/,
  ],
  [
    "a block",
    sql("DO $$ BEGIN EXECUTE 'DROP TABLE ' || 'orders'; END $$;", "CREATE INDEX a ON b (c);"),
    "unclear",
    /do ''/,
  ],
  [
    "one that asks the database",
    js('return pgm.db.select("SELECT 1");', down("")),
    "unclear",
    /asks the database/,
  ],
  [
    "words in a text",
    sql("COMMENT ON TABLE orders IS 'drop table; delete from x';", "COMMENT ON TABLE orders IS NULL;"),
    "reversible",
  ],
  [
    "TypeScript",
    [
      "ts",
      'export const up = (pgm: { createIndex(a: string, b: string): void }): void => pgm.createIndex("a", "b");\n',
    ],
    "reversible",
  ],
])("%s", async (_, [ending, text], way, why) => {
  writeFileSync(join(folder, `1700000000000_one.${ending}`), text);
  const [judged] = await judgeMigrations(folder);
  expect(judged).toMatchObject({ name: "1700000000000_one", way });
  if (why) expect(judged?.why.toLowerCase()).toMatch(why);
});

it("reads statements as PostgreSQL does", () => {
  const text = `SELECT 'a;b', E'it\\'s;', "DROP TABLE"; /* a /* nested; */ ; */ CREATE FUNCTION f() RETURNS int AS $x$ DROP TABLE a; $x$ LANGUAGE sql; -- end;
  Truncate a`;
  expect(statements(text)).toEqual([
    `select '', e'', "drop_table"`,
    "create function f() returns int as '' language sql",
    "truncate a",
  ]);
});
