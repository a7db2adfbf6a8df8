/** What holds of every command, whatever it is given. */
import { inspect } from "node:util";
import { exitStatus } from "../../readiness/exit-status.ts";
import { failureOf } from "../../readiness/failure.ts";
import { runCommand } from "../../readiness/run-command.ts";
import { styled } from "../../readiness/terminal/guard.ts";

export interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Stands for every secret that an input holds. */
export const canary = "canary-5e1f0c7a";

const documented: readonly (number | null)[] = Object.values(exitStatus);
/** All but the ends of lines and columns: what a terminal acts on, and what turns text around. */
const hidden = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const stackFrame = /^\s+at .+:\d+/m;

/**
 * What is wrong with what a command said.
 * @param named what a refusal has to name: the file, the option or the address
 */
export function faultOf({ status, stdout, stderr }: Said, named: RegExp): string | undefined {
  if (stderr.includes("internal error")) return `crash: ${stderr}`;
  // A library's or Node.js's own, about which whoever reads it can do nothing.
  if (/^(\(node:\d+\) )?warning: /im.test(stderr)) return `a warning: ${stderr}`;
  if (!documented.includes(status)) return `exit status ${status}, which is not documented: ${stderr}`;
  for (const [stream, text] of Object.entries({ stdout, stderr })) {
    if (stackFrame.test(text)) return `a stack trace on ${stream}: ${text}`;
    if (text.includes(canary)) return `a secret on ${stream}: ${around(text, text.indexOf(canary))}`;
    const control = hidden.exec(text);
    if (control) return `a control character on ${stream}: ${around(text, control.index)}`;
  }
  const [first = "", ...more] = stderr.split("\n").filter((line) => line !== "");
  if (status === exitStatus.unusable && !named.test(first)) {
    return `a refusal whose first line does not name what was read: ${JSON.stringify(first)}`;
  }
  // What hangs below the first line is indented, so that no text of an input can pass for another message.
  const loose = status === exitStatus.unusable ? more.find((line) => !line.startsWith("  ")) : undefined;
  return loose === undefined ? undefined : `a refusal of several lines: ${JSON.stringify(loose)}`;
}

function around(text: string, index: number): string {
  return JSON.stringify(text.slice(Math.max(0, index - 80), index + 80));
}

/** Carries a command out in this process, as the command line does, and keeps what it prints. */
export async function carried(command: () => Promise<number>): Promise<Said> {
  const said = { stdout: "", stderr: "" };
  const streams = ["stdout", "stderr"] as const;
  const before = streams.map((name) => process[name].write);
  for (const name of streams) {
    process[name].write = (chunk: unknown) => {
      said[name] += styled(String(chunk));
      return true;
    };
  }
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error) => {
    said.stderr += `warning: ${warning}\n`;
  };
  try {
    return { status: await runCommand(command), ...said };
  } catch (error) {
    const { text, status } = failureOf(error);
    const cause = status === exitStatus.undetermined ? inspect(error) : "";
    return { status, ...said, stderr: said.stderr + text + cause };
  } finally {
    process.emitWarning = emitWarning;
    for (const [i, name] of streams.entries()) process[name].write = before[i] as typeof process.stdout.write;
  }
}
