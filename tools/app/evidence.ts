/**
 * `npm run app:evidence -- FOLDER [KEY]`: hands in what the example app's tests and build have left, as the app's own CI would
 * (docs/evidence.md), and what a database tells of its migrations and queries. After `npm run app:test`, at the same
 * commit. The audit and whatever takes a site that is deployed are not among it.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { findProgram, runToEnd } from "./child.ts";
import { appFolder, markBuilt } from "./packages.ts";
import { machinePostgres, startPostgres } from "./postgres.ts";

const project = join(import.meta.dirname, "../..");
const formats = join(project, "readiness/proofs/evidence/formats");
const results = join(appFolder, "test-results");
const [out = "evidence", key] = process.argv.slice(2);

const postgres = await startPostgres();
const env = { ...process.env, DATABASE_URL: postgres.url, CI: "true" };
try {
  collect("PRE-01", "vitest-json", join(results, "unit.json"), "--suite", "unit");
  collect("PRE-01", "vitest-json", join(results, "e2e.json"), "--suite", "e2e");
  collect("PRE-02", "istanbul", join(appFolder, "coverage/coverage-final.json"));
  run("PRE-03", "npm", "run", "build");
  markBuilt();
  collect("PRE-04", "biome-json", lint());
  run("PRE-04", "npm", "run", "types");
  collect("PRE-07", "next-bundle", join(appFolder, ".next/diagnostics/route-bundle-stats.json"));
  collect("PRE-12", "axe", join(results, "axe.json"));
  await database();
} finally {
  await postgres.stop();
}

/** Migrations up, the table beside the files, plans at production's size, and the whole way back. */
async function database(): Promise<void> {
  const schema = ["--schema", relative(project, join(appFolder, "db/migrations"))];
  for (const script of [["db/migrate.ts", "up"], ["db/fill.ts"]]) {
    await runToEnd(process.execPath, script, { cwd: appFolder, env });
  }
  const migrations = psql("migrations/node-pg-migrate.sql", "folder=db/migrations");
  const plans = psql("query-plans/query-plans.sql", "queries=db/queries.sql");
  collect("PRE-13", "node-pg-migrate", written("migrations.json", migrations), ...schema);
  collect("PRE-14", "postgres-explain", written("plans.json", plans), ...schema);
  hand(
    "run",
    "--item",
    "PRE-13",
    ...schema,
    "--",
    process.execPath,
    join(appFolder, "db/migrate.ts"),
    "down",
    "none",
  );
}

function psql(script: string, variable: string): string {
  const program = findProgram(["psql"], [machinePostgres() ?? ""]);
  if (program === undefined) throw new Error("there is no psql on PATH");
  const quiet = ["-XqAt", "-v", "ON_ERROR_STOP=1", "-v", variable, "-f", join(formats, script), postgres.url];
  return execFileSync(program, quiet, { cwd: appFolder, encoding: "utf8" });
}

function lint(): string {
  const biome = join(project, "node_modules/.bin/biome");
  const { stdout } = spawnSync(biome, ["lint", "--reporter=json", appFolder], {
    cwd: project,
    encoding: "utf8",
  });
  return written("lint.json", stdout);
}

function written(name: string, text: string): string {
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, name), text);
  return join(results, name);
}

function collect(item: string, format: string, file: string, ...more: readonly string[]): void {
  hand("collect", "--item", item, "--format", format, "--exit-code", "0", ...more, file);
}

function run(item: string, ...command: readonly string[]): void {
  hand("run", "--item", item, "--", ...command, "--prefix", appFolder);
}

/** For the service of the tests' own stack, which no team renames. */
function hand(...args: readonly string[]): void {
  const [what = "", ...options] = args;
  const signed = key === undefined ? [] : ["--sign", resolve(key)];
  const service = ["--service", "portal", "--source", project, "--out", resolve(out), ...signed];
  const cli = join(project, "readiness/cli.mjs");
  execFileSync(process.execPath, [cli, "evidence", what, ...service, ...options], {
    cwd: join(project, "tests/fixtures"),
    env: { ...env, PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}` },
    stdio: "inherit",
  });
}
