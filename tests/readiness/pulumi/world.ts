/** A project with a fake Pulumi and a fake GitHub: test equipment. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { makeProject, NODE_COMPILE_CACHE, PATH } from "../project.ts";

const fakes = join(import.meta.dirname, "fakes");

/** What the fake CLI does. */
export interface Script {
  /** Exit status of each command that fails. */
  readonly status?: Readonly<Record<string, number>>;
  /** What `pulumi stack export` prints. */
  readonly export?: object;
  /** File of events that a preview leaves. */
  readonly events?: string;
  /** What the program in it would note of its lookups. */
  readonly notes?: readonly object[];
  /** Files that change while a command runs. */
  readonly changes?: Readonly<Record<string, readonly string[]>>;
  /** Command that goes on until it is told to stop. */
  readonly waits?: string;
}

/** Everything that the commands need to log in, none of it real. */
export const credentials = {
  AWS_ACCESS_KEY_ID: "canary-aws-id",
  AWS_SECRET_ACCESS_KEY: "canary-aws-secret",
  DD_API_KEY: "canary-datadog-api",
  DD_APP_KEY: "canary-datadog-app",
  PAGERDUTY_TOKEN: "canary-pagerduty",
  PAGERDUTY_USER_TOKEN: "canary-pagerduty-user",
  VERCEL_API_TOKEN: "canary-vercel",
  PULUMI_BACKEND_URL: "file:///nowhere",
  PULUMI_CONFIG_PASSPHRASE: "canary-passphrase",
} as const;

export interface World {
  /** Folder of the project. */
  readonly cwd: string;
  /** Environment of a command; the machine's own credentials are out of sight. */
  env(script?: Script, more?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
  /** What the fake CLI recorded. */
  calls(): Call[];
  /** The command lines of the fake CLI. */
  commands(): (readonly string[])[];
  forget(): void;
  dispose(): void;
}

export interface Call {
  readonly args?: readonly string[];
  readonly plan?: string;
  readonly signal?: string;
  readonly waits?: boolean;
  /** What a file named by `--file` holds. */
  readonly file?: unknown;
  readonly debugCommands?: string | null;
}

/** @param program what the project declares; nothing where absent */
export function makeWorld(program = ""): World {
  const cwd = makeProject(program);
  const home = join(cwd, "home");
  mkdirSync(home);
  const log = join(cwd, "pulumi.log");
  const calls = (): Call[] =>
    existsSync(log)
      ? readFileSync(log, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as Call)
      : [];
  return {
    cwd,
    env: (script = {}, more = {}) => ({
      ...credentials,
      HOME: home,
      NODE_COMPILE_CACHE,
      PATH: [fakes, PATH].join(delimiter),
      PULUMI_CLI: join(fakes, "pulumi"),
      FAKE_PULUMI: JSON.stringify(script),
      FAKE_PULUMI_LOG: log,
      FAKE_GH_LOG: join(cwd, "gh.log"),
      ...more,
    }),
    calls,
    commands: () => calls().flatMap(({ args }) => (args ? [args] : [])),
    forget: () => rmSync(log, { force: true }),
    dispose: () => rmSync(cwd, { recursive: true }),
  };
}
