import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hand, ownerHere } from "../../../readiness/restore-drill/scratch.ts";
import { postgresMissing, startServer, type TestServer } from "../../support/postgres.ts";
import { drill, schema } from "./drill.ts";

describe.skipIf(postgresMissing())("a base backup and its WAL", () => {
  let server: TestServer;
  let folder: string;
  let [backup, wal, manifest, record] = ["", "", "", ""];
  /** Just before rows were deleted that nobody wanted to lose. */
  let before = "";
  beforeAll(async () => {
    // The server's own user writes there.
    folder = mkdtempSync("/tmp/base-backup-");
    hand(folder, ownerHere());
    wal = join(folder, "wal");
    mkdirSync(wal);
    hand(wal, ownerHere());
    server = await startServer({
      wal_level: "replica",
      archive_mode: "on",
      archive_command: `cp "%p" "${wal}/%f"`,
      max_wal_senders: "4",
    });
    [backup, manifest, record] = ["base", "manifest.json", "record.yaml"].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await server.sql("postgres", "CREATE ROLE web_portal LOGIN");
    await server.sql("postgres", "CREATE DATABASE shop");
    await server.sql("shop", schema);
    expect(
      await server.run("pg_basebackup", ["-D", backup, "--checkpoint=fast", "--wal-method=none"]),
    ).toMatchObject({ status: 0 });
    await server.sql(
      "shop",
      "INSERT INTO orders (user_id, cents) SELECT 1, n FROM generate_series(1, 345) n",
    );
    const taken = await drill({ take: true, manifest }, { SOURCE_DATABASE_URL: server.url("shop") });
    expect(taken).toMatchObject({ status: 0 });
    const iso = `to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
    before = String((await server.sql("postgres", `SELECT ${iso} AS now`))[0]?.["now"]);
    await server.sql("shop", "SELECT pg_sleep(0.01)");
    await server.sql("shop", "DELETE FROM orders WHERE id % 2 = 0");
    await server.sql("postgres", "SELECT pg_switch_wal()");
    // PostgreSQL says itself when it has put a segment away.
    const archived = () =>
      server.sql(
        "postgres",
        "SELECT count(*)::int AS n FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'",
      );
    while ((await archived())[0]?.["n"] !== 0 || readdirSync(wal).length < 2);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  const against = async (options: Parameters<typeof drill>[0]) => {
    const outcome = await drill({ baseBackup: backup, wal, manifest, record, ...options });
    return outcome;
  };

  it("come back to the moment before the rows went, to the row", async () => {
    const { status, stdout } = await against({ until: before });
    expect(stdout).toMatch(/^✓ (\d+) of \1 checks are as in the original/);
    expect(readFileSync(record, "utf8")).toContain(
      'what: rows of public.orders\n    expected: "2345"\n    found: "2345"',
    );
    expect(status).toBe(0);
  });

  it("come back to the last of it, where no moment is named, and the loss is found out", async () => {
    const { status, stdout } = await against({});
    expect(stdout).toMatch(/✗ rows of public\.orders is 117[23], was 2345/);
    expect(stdout).toMatch(/RPO [0-5]\.\d min/);
    expect(status).toBe(1);
  });

  it("that end before the moment are told so", async () => {
    const { status, stdout } = await against({ until: new Date(Date.now() + 3_600_000).toISOString() });
    expect(stdout).toContain("✗ the restore says: its WAL ends before");
    expect(status).toBe(1);
  });

  it("without the WAL are no backup", async () => {
    const none = join(folder, "none");
    mkdirSync(none, { recursive: true });
    const { status, stdout } = await against({ wal: none, until: before });
    expect(stdout).toContain("✗ the restore says: the server ended:");
    expect(status).toBe(1);
  });

  it("with a file that is not what it was are found out", async () => {
    const path = join(backup, "PG_VERSION");
    const file = globSync(join(backup, "base/*/1259"))[0] ?? "";
    const bytes = readFileSync(file);
    writeFileSync(
      file,
      Buffer.concat([bytes.subarray(0, bytes.length - 1), Buffer.from([1 ^ (bytes.at(-1) ?? 0)])]),
    );
    try {
      const { status, stdout } = await against({ until: before });
      expect(stdout).toMatch(/✗ the restore says: checksum mismatch for file "base\/\d+\/1259"/);
      expect(status).toBe(1);
    } finally {
      writeFileSync(file, bytes);
    }
    expect(existsSync(path)).toBe(true);
  });

  it("that are none are refused", async () => {
    const { status, stderr } = await against({ baseBackup: folder });
    expect(stderr).toContain("is none that pg_basebackup wrote");
    expect(status).toBe(2);
  });
});
