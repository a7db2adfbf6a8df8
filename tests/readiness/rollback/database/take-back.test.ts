import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runner } from "node-pg-migrate/runner";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  bringForth,
  locks,
  plannedDowns,
  type TakeBack,
  takeBack,
} from "../../../../readiness/rollback/database/take-back.ts";
import { postgresMissing, startServer, type TestServer } from "../../../support/postgres.ts";
import { project } from "../../project.ts";

const names = ["1700000000001_orders", "1700000000002_index", "1700000000003_note"];

it("knows the lock of the example app", () => {
  const text = readFileSync(join(project, "examples/app/db/migrate.ts"), "utf8").replaceAll("_", "");
  expect(locks.some((lock) => text.includes(`const lock = ${lock};`))).toBe(true);
});

describe.skipIf(postgresMissing())("with a real PostgreSQL", () => {
  let server: TestServer;
  let dir: string;
  let number = 0;
  let task: TakeBack;
  beforeAll(async () => {
    server = await startServer();
    dir = mkdtempSync(join(tmpdir(), "readiness-migrations-"));
    const bodies = [
      'pgm.createTable("orders", { id: "id", at: "timestamptz" });',
      'pgm.createIndex("orders", "at");',
      'pgm.addColumn("orders", { note: "text" });',
    ];
    for (const [i, body] of bodies.entries())
      writeFileSync(join(dir, `${names[i]}.js`), `exports.up = (pgm) => { ${body} };\n`);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(dir, { recursive: true });
  });
  beforeEach(async () => {
    const database = `app${++number}`;
    await server.sql("postgres", `CREATE DATABASE ${database}`);
    task = { url: server.url(database), migrations: dir, downTo: names[0] ?? "", accepted: [names[2] ?? ""] };
    const logger = { info() {}, warn() {}, error() {} };
    await runner({ databaseUrl: task.url, dir, direction: "up", migrationsTable: "pgmigrations", logger });
  });
  const database = () => `app${number}`;
  const left = async () =>
    (await server.sql(database(), "SELECT name FROM pgmigrations ORDER BY id")).map(({ name }) => name);

  it("takes back what came after the one that stays, the last first, and applies it again", async () => {
    const done: string[] = [];
    expect(await plannedDowns(task)).toEqual([names[2], names[1]]);
    await takeBack(task, (name) => done.push(name));
    expect(done).toEqual([names[2], names[1]]);
    expect(await left()).toEqual([names[0]]);
    await takeBack(task, (name) => done.push(name));
    expect(done).toHaveLength(2);
    await bringForth(task, done, () => {});
    expect(await left()).toEqual(names);
  });

  it("two at once take back each migration once, and nothing beyond", async () => {
    const both = await Promise.allSettled([takeBack(task, () => {}), takeBack(task, () => {})]);
    expect(await left()).toEqual([names[0]]);
    expect(both.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
  });

  it.each(locks)("waits for no other migration, which holds the lock %i", async (lock) => {
    const client = await server.connect(database());
    await client.query(`SELECT pg_advisory_lock(${lock})`);
    await expect(takeBack(task, () => {})).rejects.toThrow("another migration of this database is at work");
    await client.end();
    expect(await left()).toEqual(names);
  });

  it("gives up on a table that somebody uses, and leaves all as it is", async () => {
    const client = await server.connect(database());
    await client.query("BEGIN; LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
    await expect(takeBack(task, () => {})).rejects.toThrow(/somebody uses the table/);
    await client.end();
    expect(await left()).toEqual(names);
  });

  it.each<[string, Partial<TakeBack>, RegExp]>([
    [
      "what loses data that nobody has looked at",
      { accepted: [] },
      /3_note: its down has `alter table "orders" drop "note"/,
    ],
    [
      "a migration that is not applied",
      { downTo: "1_none" },
      /no such migration is applied, must be one of 1700000000001_orders/,
    ],
    [
      "another password",
      { url: "postgres://x:canary@127.0.0.1:1/app" },
      /^the database says: connect ECONNREFUSED/,
    ],
  ])("refuses %s, and never shows a password", async (_, other, message) => {
    const refused = takeBack({ ...task, ...other }, () => {});
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.not.toThrow("canary");
    expect(await left()).toEqual(names);
  });

  it("refuses a migration that is applied and unknown here", async () => {
    await server.sql(database(), "INSERT INTO pgmigrations (name, run_on) VALUES ('9_elsewhere', now())");
    await expect(takeBack(task, () => {})).rejects.toThrow(
      "9_elsewhere: it is applied, and not among the migrations here",
    );
  });
});
