import type { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appliedTo, down, migrations, up, waits } from "../../db/migrate.ts";
import { emptyDatabase, type OwnDatabase } from "../support/database.ts";

let database: OwnDatabase;
let client: Client;
beforeEach(async () => {
  database = await emptyDatabase();
  client = await database.connect();
});
afterEach(() => database.drop());

const all = migrations();
const [first = "", second = ""] = all;

/** What there is, by name: tables, columns, indexes. */
async function schema(): Promise<readonly string[]> {
  const { rows } = await client.query(
    `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'
     union select indexname from pg_indexes where schemaname = 'public' order by 1`,
  );
  return rows.map(({ name }) => name).filter((name) => !name.startsWith("pgmigrations"));
}

describe("migrations", () => {
  it("go up once, and down to nothing", async () => {
    expect(await up(client)).toEqual(all);
    expect(await up(client)).toEqual([]);
    expect(await down(client, "none")).toEqual(all.toReversed());
    expect(await schema()).toEqual([]);
  });

  it("each lead back to where they came from", async () => {
    const states: (readonly string[])[] = [];
    await up(client);
    for (const target of all.toReversed()) {
      await down(client, target);
      states.push(await schema());
    }
    await down(client, "none");
    expect(await up(client)).toEqual(all);
    expect(await schema()).toEqual(states[0]);
    expect(new Set(states.map((state) => state.join())).size).toBe(all.length);
  });

  it("leave no invalid index behind", async () => {
    await up(client);
    const { rows } = await client.query(
      "select indexrelid::regclass::text from pg_index where not indisvalid",
    );
    expect(rows).toEqual([]);
  });

  it.each([["nowhere"], ["1767225600000"]])("do not go down to %s", async (target) => {
    await up(client);
    await expect(down(client, target)).rejects.toThrow(/must be none or one of/);
    expect(await appliedTo(client)).toEqual(all);
  });
});

describe("two at once", () => {
  it("go up once between them", async () => {
    const both = await Promise.all([up(client), up(await database.connect())]);
    expect(both.map(({ length }) => length).sort()).toEqual([0, all.length]);
    expect(await appliedTo(client)).toEqual(all);
  });

  it("go down to the same target, not two steps", async () => {
    await up(client);
    const both = await Promise.all([down(client, second), down(await database.connect(), second)]);
    expect(both.map(({ length }) => length).sort()).toEqual([0, all.length - 2]);
    expect(await appliedTo(client)).toEqual([first, second]);
  });
});

describe("what stands in the way", () => {
  it("of a way down ends it soon, and leaves all as it was", async () => {
    await up(client);
    const reader = await database.connect();
    await reader.query("begin");
    await reader.query("select from tickets");
    const patience = { ...waits, lockMilliseconds: 300 };
    const from = performance.now();
    await expect(down(client, first, patience)).rejects.toThrow(/lock timeout/);
    expect(performance.now() - from).toBeLessThan(10_000);
    await reader.query("rollback");
    // Nobody holds the turn any more.
    const done = await down(await database.connect(), first);
    expect(done.at(-1)).toBe(second);
  });

  it("of a turn is waited for, and not for ever", async () => {
    const other = await database.connect();
    await other.query("select pg_advisory_lock(5846201973)");
    await expect(up(client, { ...waits, turnMilliseconds: 200 })).rejects.toThrow(/another migration runs/);
    expect(await appliedTo(client)).toEqual([]);
  });
});
