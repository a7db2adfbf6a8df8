/**
 * Builds the Pulumi CLI with its engine from source, puts the language host beside it, and says where it is:
 * `npm run engine`. For the engine tests, and for machines that cannot download the official CLI.
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
exec "$(dirname "$0")/../../node_modules/.bin/node" "$(dirname "$0")/../language-host/main.ts" "$@"
`;

/**
 * Builds the CLI where it is missing or older than go.sum.
 * @returns the CLI's path
 * @throws Error where Go is missing or the build fails
 */
export function buildEngine(): string {
  const sources = readFileSync(join(folder, "go.sum"), "utf8");
  if (existsSync(cli) && existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return cli;
  process.stderr.write(`Building the Pulumi CLI ${version} from source: some minutes the first time.\n`);
  const versionFlag = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`;
  const build = spawnSync(
    "go",
    [
      "build",
      "-trimpath",
      "-ldflags",
      `-s -w ${versionFlag}`,
      "-o",
      cli,
      "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ],
    { cwd: folder, stdio: ["ignore", "inherit", "inherit"] },
  );
  if (build.error)
    throw new Error("Go is not installed or not on PATH; the engine needs Go 1.26 or later to build.");
  if (build.status !== 0)
    throw new Error(`go build ended with status ${build.status}; its messages stand above.`);
  writeFileSync(languageHost, startLanguageHost, { mode: 0o755 });
  writeFileSync(stamp, sources);
  return cli;
}

if (import.meta.main) {
  try {
    console.log(buildEngine());
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
