import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { restoreTest } from "../../../readiness/proofs/evidence/formats/records/restore-test.ts";
import reportSchema from "../../../readiness/restore-drill/report.schema.json" with { type: "json" };
import { postgresMissing, startServer, type TestServer } from "../../support/postgres.ts";
import { fixtures, NODE_COMPILE_CACHE, PATH, project } from "../project.ts";
import { drill, schema } from "./drill.ts";

describe.skipIf(postgresMissing())("a dump", () => {
  let server: TestServer;
  let folder: string;
  let manifest: string;
  let dump: string;
  let record: string;
  beforeAll(async () => {
    server = await startServer();
    folder = mkdtempSync(join(tmpdir(), "dumps-"));
    [manifest, dump, record] = ["manifest.json", "shop.dump", "record.yaml"].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await server.sql("postgres", "CREATE ROLE web_portal LOGIN PASSWORD 'canary-role'");
    await server.sql("postgres", "CREATE DATABASE shop");
    await server.sql("shop", schema);
    const taken = await drill({ take: dump, manifest }, { SOURCE_DATABASE_URL: server.url("shop") });
    expect(taken).toMatchObject({ status: 0, stderr: "" });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  /** A dump of a copy of the database that something was done to. */
  let number = 0;
  const dumpOf = async (damage: string, format = "custom") => {
    const name = `copy${++number}`;
    await server.sql("postgres", `CREATE DATABASE ${name} TEMPLATE shop`);
    await server.sql(name, damage);
    const file = join(folder, `${name}.dump`);
    expect(await server.run("pg_dump", [`--format=${format}`, "--file", file, name])).toMatchObject({
      status: 0,
    });
    return { from: file, globals: `${dump}.globals.sql` };
  };
  const against = async (options: Parameters<typeof drill>[0]) => {
    const outcome = await drill({ manifest, record, ...options });
    expect(outcome.stdout + outcome.stderr).not.toContain("canary");
    return outcome;
  };

  const faultsIn = (stdout: string) => [...stdout.matchAll(/^✗ (.*)$/gm)].map(([, fault]) => fault);

  it("that is whole is told so, with its times, and leaves the record that INC-02 asks for", async () => {
    const { status, stdout, stderr } = await against({ from: dump, vault: "portal-backups-prod" });
    expect(stderr).toContain("The record is");
    expect(stdout).toMatch(
      /^✓ (\d+) of \1 checks are as in the original; RTO 0\.\d min \(60\), RPO [0-5]\.\d min \(5\)\n$/,
    );
    expect(status).toBe(0);
    const reading = restoreTest.read({ path: record, bytes: readFileSync(record) });
    expect(reading).toMatchObject({ measure: { kind: "restore", vault: "portal-backups-prod" } });
    const checks = "measure" in reading && reading.measure.kind === "restore" ? reading.measure.checks : [];
    expect(checks).toContainEqual({ what: "rows of public.orders", expected: "2000", found: "2000" });
  });

  it("is held against a living original, too, which does not tell what is lost", async () => {
    const { status, stdout } = await drill(
      { from: dump, record },
      { SOURCE_DATABASE_URL: server.url("shop") },
    );
    expect(stdout).toContain("? nothing tells of when its data is");
    expect(status).toBe(3);
  });

  it.each<[string, string, RegExp]>([
    [
      "a corrupted row",
      "UPDATE users SET name = 'user X' WHERE id = 250",
      /^data of public\.users is \w+, was \w+$/,
    ],
    [
      "a reset sequence",
      "SELECT setval('orders_id_seq', 1, false)",
      /^sequence public\.orders_id_seq is 1 \(not used\), was 2000$/,
    ],
    ["a missing index", "DROP INDEX orders_user", /^index public\.orders_user is missing, was CREATE INDEX/],
  ])("with %s alone is told of that alone", async (_, damage, said) => {
    const { status, stdout } = await against(await dumpOf(damage));
    expect(faultsIn(stdout)).toEqual([expect.stringMatching(said)]);
    expect(status).toBe(1);
  });

  it("with many faults is told of each by its name", async () => {
    const { status, stdout } = await against(
      await dumpOf(`
        UPDATE users SET height = height + 1e-14 WHERE id = 7;
        DELETE FROM orders WHERE id = 1999;
        ALTER TABLE orders DROP CONSTRAINT orders_cents_check, DROP CONSTRAINT orders_user_id_fkey;
        DROP EXTENSION pg_trgm;
        DROP VIEW totals;
        CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n * 3';
        REVOKE SELECT ON orders FROM web_portal;
        ALTER TABLE users ALTER name TYPE varchar(50);
        CREATE TABLE stray ();
      `),
    );
    const named = [
      /^column public\.users\.name is character varying\(50\) not null, was text not null$/,
      /^constraint public\.orders orders_cents_check is missing, was CHECK/,
      /^constraint public\.orders orders_user_id_fkey is missing, was FOREIGN KEY/,
      /^data of public\.orders is/,
      /^data of public\.stray is \w+, was missing$/,
      /^data of public\.users is/,
      /^extension pg_trgm is missing, was/,
      /^function public\.twice\(n integer\) is/,
      /^owner and grants of public\.orders is/,
      /^owner and grants of public\.stray is/,
      /^owner and grants of public\.totals is missing/,
      /^rows of public\.orders is 1999, was 2000$/,
      /^rows of public\.stray is 0, was missing$/,
      /^view public\.totals is missing/,
    ];
    expect(faultsIn(stdout).toSorted()).toEqual(named.map((said) => expect.stringMatching(said)));
    expect(status).toBe(1);
  });

  it("of nothing at all is no copy", async () => {
    const { status, stdout } = await against(
      await dumpOf("DROP SCHEMA public CASCADE; CREATE SCHEMA public"),
    );
    expect(faultsIn(stdout)).toContain("rows of public.users is missing, was 500");
    expect(status).toBe(1);
  });

  it("whose roles are lost is found out", async () => {
    const globals = join(folder, "none.sql");
    writeFileSync(globals, readFileSync(`${dump}.globals.sql`, "utf8").replaceAll(/^.*web_portal.*$/gm, ""));
    const { status, stdout } = await against({ from: dump, globals });
    expect(stdout).toContain('✗ the restore says: role "web_portal" does not exist');
    expect(stdout).toContain("✗ role web_portal is missing, was login");
    expect(status).toBe(1);
  });

  it.each(["custom", "plain"])("that is cut off is found out (%s)", async (format) => {
    const { from, globals } = await dumpOf("SELECT 1", format);
    truncateSync(from, Math.floor(statSync(from).size * 0.6));
    const { status, stdout } = await against({ from, globals });
    expect(stdout).toMatch(format === "plain" ? /cut off/ : /the restore says: .*(end of file|could not)/);
    expect(status).toBe(1);
  });

  it("is restored into a server that is there, which has nothing of it afterwards", async () => {
    const guest = await startServer();
    try {
      const there = { SCRATCH_DATABASE_URL: guest.url("postgres") };
      const { status, stdout } = await drill({ from: dump, manifest, record, scratch: true }, there);
      expect(stdout).toMatch(/^✓ (\d+) of \1 checks/);
      expect(status).toBe(0);
      const left =
        "SELECT datname AS name FROM pg_database UNION SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_'";
      const names = (await guest.sql("postgres", left)).map(({ name }) => name);
      expect(names.toSorted()).toEqual(["postgres", "template0", "template1"]);
      await guest.sql("postgres", "CREATE DATABASE somebodys");
      const refused = await drill({ from: dump, manifest, record, scratch: true }, there);
      expect(refused.stderr).toContain("is not empty: it has a database somebodys");
      expect(refused.status).toBe(2);
    } finally {
      await guest.stop();
    }
  });

  it("in plain text is restored as well", async () => {
    expect((await against(await dumpOf("SELECT 1", "plain"))).status).toBe(0);
  });

  it("is told of in JSON, as its schema says", async () => {
    const valid = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(reportSchema);
    const { stdout } = await drill({ from: dump, manifest, record, format: "json" });
    const report = JSON.parse(stdout);
    valid(report);
    expect(valid.errors).toBeNull();
    expect(report).toMatchObject({
      status: 0,
      faults: [],
      unknown: [],
      limits: { rtoMinutes: 60, rpoMinutes: 5 },
    });
  });

  it("of yesterday has lost a day of writes", async () => {
    const old = join(folder, "old.json");
    const text = JSON.parse(readFileSync(manifest, "utf8"));
    writeFileSync(old, JSON.stringify({ ...text, takenAt: new Date(Date.now() - 86_400_000).toISOString() }));
    const { status, stdout } = await against({ from: dump, manifest: old });
    expect(stdout).toMatch(/✗ 1440\.\d minutes of writes are lost, must be 5 at most/);
    expect(status).toBe(1);
  });

  it.each([
    ["is made", "data/postmaster.pid"],
    ["has begun to answer", "socket/.s.PGSQL.5432"],
  ])("leaves nothing, where somebody interrupts it as its server %s", async (_, sign) => {
    const room = mkdtempSync("/tmp/interrupted-");
    chmodSync(room, 0o755);
    const args = [join(project, "readiness/cli.ts"), "restore-drill", "--from", dump, "--manifest", manifest];
    const env = { PATH, NODE_COMPILE_CACHE, TMPDIR: room };
    const child = spawn(process.execPath, args, { cwd: fixtures, env, stdio: "ignore" });
    const ended = once(child, "close");
    const pid = await vi.waitFor(() => {
      const [place = ""] = globSync(join(room, "readiness-drill-*"));
      if (!existsSync(join(place, sign))) throw new Error("not yet");
      return Number(readFileSync(join(place, "data/postmaster.pid"), "utf8").split("\n")[0]);
    }, 60_000);
    child.kill("SIGINT");
    expect(await ended).toEqual([null, "SIGINT"]);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    rmdirSync(room);
  });

  it.each<[string, Parameters<typeof drill>[0], RegExp]>([
    ["nothing to restore", {}, /is one of --from, --base-backup and --restore-job/],
    ["two things at once", { from: "a", baseBackup: "b" }, /is one of/],
    ["a dump that is not there", { from: "/nowhere" }, /--from \/nowhere is not there/],
    [
      "a moment of a dump",
      { from: "/etc/hostname", until: "2026-01-01T00:00:00Z" },
      /belong to --base-backup/,
    ],
    ["a manifest that is none", { from: "/etc/hostname", manifest: "/etc/hostname" }, /is none/],
    ["a copy without its manifest", { take: "x" }, /--take needs --manifest/],
  ])("refuses %s", async (_, options, message) => {
    const { status, stderr } = await drill(options);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});
