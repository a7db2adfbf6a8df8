/** Which Pulumi CLI runs: one that is there, before one that would have to be downloaded. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, mkdirSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join, resolve, sep } from "node:path";
import { UsageError } from "../errors.ts";

const require = createRequire(import.meta.url);

/** Of the CLI's 3.x releases the first that the engine's tests have run with. */
const oldestMinor = 250;
/** Where `npm run pulumi-cli` leaves the one that it builds. */
const built = join(import.meta.dirname, "../../tools/pulumi-cli/bin/pulumi");
const ways =
  "`npm run pulumi-cli` builds one from source where Go is, PULUMI_CLI=<path> names one that is elsewhere";

/**
 * The path of the CLI: the one that `PULUMI_CLI` names, the release that the npm package `pulumi` stands for where it
 * has been downloaded, the one built from source, one on PATH; otherwise that release is downloaded. Not that package's
 * own command: it dies of Ctrl-C and leaves the CLI running.
 * @throws UsageError that says what is missing, and the ways to have it
 */
export async function findCli(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const chosen = env["PULUMI_CLI"];
  if (chosen) return chosenCli(chosen, env);
  const { version, folder } = officialRelease(env);
  const official = join(folder, "bin", "pulumi");
  const there = [official, built].find(isProgram);
  if (there !== undefined) return there;
  const onPath = programsOnPath("pulumi", env).map((path) => ({ path, version: versionOf(path) }));
  const fitting = onPath.find((cli) => fits(cli.version));
  if (fitting) return fitting.path;
  const others = onPath.map((cli) => `; ${cli.path} is ${cli.version}, must be 3.${oldestMinor} or later`);
  return download(version, folder, official, others.join(""));
}

function chosenCli(chosen: string, env: NodeJS.ProcessEnv): string {
  const path =
    chosen.includes("/") || chosen.includes(sep) ? resolve(chosen) : programsOnPath(chosen, env)[0];
  if (path !== undefined && isProgram(path)) return path;
  throw new UsageError(`PULUMI_CLI names ${chosen}, which is no program that can be run`);
}

function officialRelease(env: NodeJS.ProcessEnv): { readonly version: string; readonly folder: string } {
  const version: string = env["PULUMI_VERSION"] || require("pulumi/package.json").version;
  const { cacheDir }: { cacheDir(version: string): string } = require("pulumi/lib/cache");
  try {
    return { version, folder: cacheDir(version) };
  } catch {
    throw new UsageError("there is no home folder: set HOME, or PULUMI_HOME to a folder for Pulumi's files");
  }
}

async function download(version: string, folder: string, to: string, others: string): Promise<string> {
  const missing = (why: string) =>
    new UsageError(`there is no Pulumi CLI, and ${version} cannot be downloaded (${why})${others}: ${ways}`);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw missing(`${Object(error).code} at ${folder}; PULUMI_HOME names another folder`);
  }
  const { installCLI }: { installCLI(version: string, root: string): Promise<void> } =
    require("pulumi/lib/download");
  process.stderr.write(`Downloading pulumi v${version}...\n`);
  try {
    await installCLI(version, folder);
  } catch (error) {
    const { message, cause } = Object(error);
    const [line] = String(message).split("\n");
    throw missing([line, Object(cause).code].filter(Boolean).join(": "));
  }
  if (!isProgram(to)) throw missing(`its installer left nothing at ${to}`);
  return to;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile() && statSync(path).size > 0;
  } catch {
    return false;
  }
}

/** Those of npm packages left out: npm puts them first, and they would download. */
function programsOnPath(name: string, env: NodeJS.ProcessEnv): readonly string[] {
  return (env["PATH"] ?? "")
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .filter((path) => isProgram(path) && !realpathSync(path).includes(`${sep}node_modules${sep}`));
}

function versionOf(path: string): string {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { stdout } = spawnSync(path, ["version"], { env, encoding: "utf8", timeout: 10_000 });
  return /(?<![\d.])v?(\d+\.\d+\.\d+)/.exec(stdout ?? "")?.[1] ?? "of no version that it tells";
}

function fits(version: string): boolean {
  const [major, minor] = version.split(".").map(Number);
  return major === 3 && minor !== undefined && minor >= oldestMinor;
}
