/**
 * Builds the Pulumi CLI with its engine from source, puts the language host beside it, and says where it is:
 * `npm run pulumi-cli`. For the engine tests, and for machines that cannot download the official CLI.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = import.meta.dirname;
/** The Go module's version; it is also what the CLI calls itself. */
const version = /pulumi\/pkg\/v3 v(\S+)/.exec(readFileSync(join(folder, "go.mod"), "utf8"))?.[1];
export const cli = join(folder, "bin", "pulumi");
const stamp = join(folder, "bin", "built-from");
/** Beside the CLI, where it looks first for the language host. */
const languageHost = join(folder, "bin", "pulumi-language-nodejs");
const startLanguageHost = `#!/bin/sh
exec "$(dirname "$0")/../../../node_modules/.bin/node" "$(dirname "$0")/../language-host/main.ts" "$@"
`;

/** Why there is no engine and none can be built; nothing where there is one, or Go to build it with. */
export function cliMissing(): string | undefined {
  if (isBuilt() || spawnSync("go", ["version"]).status === 0) return undefined;
  return "Go is not on PATH; the engine needs Go 1.26 or later to build";
}

/**
 * Builds the CLI where it is missing or older than go.sum.
 * @returns the CLI's path
 * @throws Error where Go is missing or the build fails
 */
export function builtCli(): string {
  const missing = cliMissing();
  if (missing) throw new Error(`${missing}.`);
  if (!isBuilt()) buildCli();
  if (readIfThere(languageHost) !== startLanguageHost) {
    writeFileSync(languageHost, startLanguageHost, { mode: 0o755 });
  }
  return cli;
}

function isBuilt(): boolean {
  return existsSync(cli) && readIfThere(stamp) === sources();
}

/** What the CLI is built from: a checksum of each module. */
function sources(): string {
  return readFileSync(join(folder, "go.sum"), "utf8");
}

function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function buildCli(): void {
  process.stderr.write(`Building the Pulumi CLI ${version} from source: some minutes the first time.\n`);
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`;
  const command = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
  const { status } = spawnSync("go", ["build", "-trimpath", "-ldflags", flags, "-o", cli, command], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) throw new Error(`go build ended with status ${status}; its messages stand above.`);
  writeFileSync(stamp, sources());
}

if (import.meta.main) {
  try {
    console.log(builtCli());
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
