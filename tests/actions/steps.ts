/** Runs what an action's or a workflow's shell steps say, as a runner does, with what GitHub would tell them. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";

export interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string | boolean>>;
}

type Values = Readonly<Record<string, string>>;

export interface Ran {
  /** Status by the name of a step that ran. */
  readonly statuses: Readonly<Record<string, number | null>>;
  readonly output: string;
  readonly summary: string;
  /** What the steps left for others, as `steps.check.outputs.verdicts`. */
  readonly values: Values;
}

/** `${{ name }}` in a text; what has not been told is empty, as on GitHub. */
function filled(text: string, values: Values): string {
  return text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values[name] ?? "");
}

export function inputsOf(action: string): Values {
  const { inputs = {} } = parse(readFileSync(action, "utf8")) as {
    inputs?: Readonly<Record<string, { readonly default?: string }>>;
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [`inputs.${name}`, input.default ?? ""]),
  );
}

/**
 * @param action path of the action, for what it finds beside itself
 * @param skip names of steps whose condition does not hold
 */
export function runSteps(
  action: string,
  steps: readonly Step[],
  {
    cwd,
    values,
    env,
    skip = [],
  }: { cwd: string; values: Values; env: NodeJS.ProcessEnv; skip?: readonly string[] },
): Ran {
  const temporary = mkdtempSync(join(realpathSync(tmpdir()), "readiness-runner-"));
  const known: Record<string, string> = { ...values };
  const statuses: Record<string, number | null> = {};
  let output = "";
  for (const step of steps) {
    if (step.run === undefined || skip.includes(step.name)) continue;
    const told = join(temporary, `output-${step.name}`);
    const { status, stdout, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", step.run], {
      cwd,
      encoding: "utf8",
      env: {
        ...env,
        ...Object.fromEntries(
          Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text, known)]),
        ),
        GITHUB_ACTION_PATH: dirname(action),
        GITHUB_OUTPUT: told,
        GITHUB_STEP_SUMMARY: join(temporary, "summary"),
        RUNNER_TEMP: temporary,
      },
    });
    statuses[step.name] = status;
    output += stdout + stderr;
    for (const line of read(told).split("\n").filter(Boolean)) {
      const at = line.indexOf("=");
      known[`steps.${step.id}.outputs.${line.slice(0, at)}`] = line.slice(at + 1);
    }
    if (status !== 0) break;
  }
  return { statuses, output, summary: read(join(temporary, "summary")), values: known };
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
