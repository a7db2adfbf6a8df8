import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runner } from "node-pg-migrate/runner";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { rollbackTest } from "../../../readiness/proofs/evidence/formats/records/rollback-test.ts";
import type { Pace } from "../../../readiness/rollback/pace.ts";
import { rollback } from "../../../readiness/rollback/rollback.ts";
import { postgresMissing, startServer, type TestServer } from "../../support/postgres.ts";
import { makeProject } from "../project.ts";
import { commits, FakeVercel } from "./fake-vercel.ts";
import { quick, quickPace } from "./quick.ts";

describe.skipIf(postgresMissing())("a practice", () => {
  let server: TestServer;
  let vercel: FakeVercel;
  let cwd: string;
  let dir: string;
  beforeAll(async () => {
    server = await startServer();
    cwd = makeProject("");
    dir = mkdtempSync(join(tmpdir(), "readiness-migrations-"));
    writeFileSync(
      join(dir, "1_orders.js"),
      'exports.up = (pgm) => pgm.createTable("orders", { id: "id" });\n',
    );
    writeFileSync(join(dir, "2_index.js"), 'exports.up = (pgm) => pgm.createIndex("orders", ["id"]);\n');
    const logger = { info() {}, warn() {}, error() {} };
    const how = { dir, direction: "up", migrationsTable: "pgmigrations", logger } as const;
    await runner({ databaseUrl: server.url("postgres"), ...how });
  });
  afterAll(async () => {
    vercel.stop();
    await server.stop();
    for (const folder of [cwd, dir]) rmSync(folder, { recursive: true });
  });
  const applied = async () =>
    (await server.sql("postgres", "SELECT name FROM pgmigrations ORDER BY id")).length;

  const practise = async (pace: Partial<Pace> = {}) => {
    for (const [name, value] of Object.entries(vercel.env)) vi.stubEnv(name, value);
    vi.stubEnv("DATABASE_URL", server.url("postgres"));
    const spies = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, "write").mockReturnValue(true),
    );
    try {
      const own = { practise: true, migrations: dir, downTo: "1_orders", url: vercel.url };
      return await rollback({ ...quick, ...own }, cwd, { ...quickPace, ...pace });
    } finally {
      for (const spy of spies) spy.mockRestore();
      vi.unstubAllEnvs();
    }
  };

  it("goes there and back again, also where it was interrupted, and leaves the record that INC-01 asks for", async () => {
    let seen = 0;
    // On the way back Vercel falls silent for a while.
    const readFails = () => vercel.posts.length === 2 && seen++ < 1_000;
    vercel = await new FakeVercel({ readFails }).start();
    expect(await practise({ patience: 0 })).toBe(3);
    expect(await applied()).toBe(2);
    vercel.script = {};
    expect(await practise()).toBe(0);
    expect(vercel.posts).toEqual(["rollback dpl_old", "promote dpl_bad"]);
    expect(vercel.production).toBe("dpl_bad");
    expect(await applied()).toBe(2);
    const [path = "", ...others] = globSync(join(cwd, "rollbacks/staging/*.yaml"));
    expect(others).toEqual([]);
    const reading = rollbackTest.read({ path, bytes: readFileSync(path) });
    expect(reading).toMatchObject({ measure: { kind: "rollback", from: commits.bad, to: commits.old } });
    expect(readFileSync(path, "utf8")).toContain("- 2_index");
  });

  it("that was not there in time is told", async () => {
    const later = new Date(Date.now() + 400_000);
    vi.useFakeTimers({ toFake: ["Date"] });
    vercel.script = {
      hook: (request) => {
        if (request.startsWith("POST")) vi.setSystemTime(later);
        return false;
      },
    };
    try {
      expect(await practise()).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });
});
