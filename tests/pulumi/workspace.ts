/** A stack under the real engine, with stand-in clouds and a state file of its own: test equipment. */
import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { builtCli } from "../../tools/pulumi-cli/build.ts";
import { writeChanged } from "../readiness/changed-stack.ts";
import { fixtures } from "../readiness/project.ts";
import { trackedFiles } from "../support/project-files.ts";
import { Clouds } from "./clouds.ts";
import { type PluginWatch, watchPlugins } from "./plugins.ts";

const execute = promisify(execFile);
export const projectDir = resolve(import.meta.dirname, "../..");
export const policies = join(projectDir, "policies");

/** The program of the project. */
export const projectProgram = join(projectDir, "index.ts");

/** A program among the tests' own, such as `small`. */
export function testProgram(name: string): string {
  return join(import.meta.dirname, "programs", `${name}.ts`);
}

export interface TestStack {
  /** Pulumi's own handle. */
  readonly stack: Stack;
  readonly clouds: Clouds;
  readonly plugins: PluginWatch;
  /** Everything of the stack: `project`, `backend`, `clouds`, `home`. */
  readonly directory: string;
  /** The state as it lies on the disk, its secrets closed. */
  readState(): StateFile;
  /** Makes the next runs run another program. */
  use(program: string): void;
  /** Lets the next runs of the Automation API take place so many days from now, for the program and its rules. */
  later(days: number): void;
  /** Runs the CLI itself on the stack, where the Automation API has no word for something. */
  pulumi(...args: string[]): Promise<string>;
  dispose(): Promise<void>;
}

/** What matters of Pulumi's deployment format, version 3. */
export interface StateFile {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly { readonly type: string; readonly resource: StateResource }[];
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly sourcePosition?: string;
}

const cli = builtCli();
const command = await PulumiCommand.get({ root: dirname(dirname(cli)) });

/**
 * Makes a stack of a program, with the fixtures' stack file of that name where there is one.
 * @param changed sees that file's config, and gives what is different
 */
export async function createTestStack(
  stackName: string,
  program: string,
  changed?: Parameters<typeof writeChanged>[2],
): Promise<TestStack> {
  const directory = newDirectory();
  for (const name of ["project", "backend", "clouds", "home"]) mkdirSync(join(directory, name));
  const stackFile = `Pulumi.${stackName}.yaml`;
  const file = join(fixtures, stackFile);
  if (changed) writeChanged(join(directory, "project"), stackName, changed);
  else if (existsSync(file)) cpSync(file, join(directory, "project", stackFile));
  writeProject(directory, program);
  return await open(directory, stackName);
}

/** A copy of a stack, its state and its clouds, to go on from independently. */
export async function cloneStack({ directory, stack }: TestStack): Promise<TestStack> {
  const copy = newDirectory();
  cpSync(directory, copy, { recursive: true, filter: (file) => !file.endsWith(".sock") });
  return await open(copy, stack.name);
}

function newDirectory(): string {
  return mkdtempSync(join(tmpdir(), "readiness-engine-"));
}

/**
 * Puts the whole project into a stack's folder: what is asked there, such as whether production may be updated, is then
 * asked of that folder and of nothing else.
 * @returns its policy pack
 */
export function bringProject({ directory }: TestStack): string {
  const folder = join(directory, "project");
  const whole = /^(components|model|policies|readiness)\/|^(index\.ts|package\.json|supported-node\.cjs)$/;
  for (const file of trackedFiles().filter((path) => whole.test(path))) {
    cpSync(join(projectDir, file), join(folder, file));
  }
  symlinkSync(join(projectDir, "node_modules"), join(folder, "node_modules"));
  writeProject(directory, join(folder, "index.ts"));
  return join(folder, "policies");
}

/** The project file under the name that tests know, with another program in it, which may lie in another folder. */
function writeProject(directory: string, program: string): void {
  const project = readFileSync(join(projectDir, "Pulumi.yaml"), "utf8")
    .replace(/^name: .*$/m, "name: readiness")
    .replace(/^main: .*$/m, `main: ${relative(join(directory, "project"), program)}`)
    .replace("--import ./", `--import ${projectDir}/`);
  writeFileSync(join(directory, "project", "Pulumi.yaml"), project);
}

async function open(directory: string, stackName: string): Promise<TestStack> {
  const at = (...names: readonly string[]) => join(directory, ...names);
  const workDir = at("project");
  const clouds = new Clouds(at("clouds"));
  const plugins = await watchPlugins(at("plugins.sock"));
  const path = [
    dirname(cli),
    join(import.meta.dirname, "stand-ins", "bin"),
    join(projectDir, "node_modules", ".bin"),
  ];
  const envVars = {
    PATH: [...path, process.env["PATH"]].join(delimiter),
    PULUMI_HOME: at("home"),
    // Without attributes beside the state: they are not written in one step, and an engine that is killed in
    // between leaves a state that it cannot load.
    PULUMI_BACKEND_URL: `file://${at("backend")}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: "correct horse battery staple",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_COMMANDS: "true",
    NODE_COMPILE_CACHE: join(projectDir, "node_modules", ".cache", "engine-tests"),
    STAND_IN_DIR: at("clouds"),
    STAND_IN_SOCKET: plugins.socket,
  };
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName, workDir },
    { pulumiCommand: command, pulumiHome: at("home"), envVars },
  );
  return {
    stack,
    clouds,
    plugins,
    directory,
    use: (program) => writeProject(directory, program),
    later: (days) => {
      stack.workspace.envVars["TEST_CLOCK_DAYS"] = String(days);
      stack.workspace.envVars["NODE_OPTIONS"] = `--import ${join(import.meta.dirname, "clock.ts")}`;
    },
    readState: () => {
      const file = at("backend", ".pulumi", "stacks", "readiness", `${stackName}.json`);
      return JSON.parse(readFileSync(file, "utf8")).checkpoint.latest ?? {};
    },
    pulumi: async (...args) => {
      const options = { cwd: workDir, env: { ...process.env, ...envVars }, maxBuffer: 2 ** 28 };
      const run = execute(cli, [...args, "--stack", stackName, "--non-interactive"], options);
      const { stdout } = await run.catch((error: Error & { stdout: string }) => {
        // Where the engine says what is wrong.
        throw new Error(`${error.message}\n${error.stdout}`);
      });
      return stdout;
    },
    dispose: async () => {
      await plugins.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
