/** Options and arguments of every command, at random: parsed in this process, and now and then carried out in another. */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import type { Command } from "commander";
import fc from "fast-check";
import { commandLine } from "../../readiness/program.ts";
import { makeWorld } from "../../tests/readiness/pulumi/world.ts";
import type { Kind } from "./kind.ts";
import { oddText } from "./mutations.ts";
import { canary, carried, faultOf, type Said } from "./oracle.ts";

interface CommandLine {
  readonly args: readonly string[];
  readonly carriedOut: boolean;
}

const root = join(import.meta.dirname, "../..");
/** These ask a site, wait, or take minutes by what they are. */
const parsedAlone: readonly string[] = ["verify", "mutate", "rollback", "restore-drill"];
/** Carries out whatever it is given. */
const runsCommands = "run";
const milliseconds = 25_000;

const words: readonly string[] = [
  ...[
    "prod",
    "staging",
    "portal",
    "platform",
    "priya",
    "uptime-homepage",
    "DB-02",
    "GO-01",
    "PRE-01",
    "SEV1",
  ],
  ...[
    "Pulumi.prod.yaml",
    "folder",
    "folder/report.json",
    "missing/report.json",
    "empty",
    ".",
    "/dev/null",
    "/dev/full",
  ],
  ...[
    "0123456789abcdef0123456789abcdef01234567",
    "HEAD",
    "portal=HEAD",
    "prod=empty",
    "portal=folder",
    "1/3",
    "dpl_1",
  ],
  ...[
    "2027-03-28T02:30",
    "2027-03-28T01:30Z",
    "0",
    "1",
    "3600",
    "http://127.0.0.1:9",
    "https://portal.example.com",
  ],
  ...[
    "-",
    "--",
    "--help",
    "-x",
    "--=",
    "---",
    "--stakc",
    "--stack=prod",
    "vitest-json",
    "npm-audit",
    "text",
    "json",
  ],
];

export function commandLines(): Kind<CommandLine> {
  const program = commandLine(async () => {});
  const commands = fc.constantFrom(...leaves(program, []));
  const args = commands.chain(({ path, command }) => {
    const choices = command.options.flatMap(({ argChoices }) => argChoices ?? []);
    const value = fc.oneof(fc.constantFrom(...words, ...choices), oddText);
    const flags = command.options.flatMap(({ long, short }) =>
      [long, short].filter((flag) => typeof flag === "string"),
    );
    const option = fc.tuple(
      fc.constantFrom("--help", ...flags),
      fc.option(value, { nil: undefined, freq: 4 }),
    );
    const required = command.options.filter(({ mandatory }) => mandatory).map(({ long }) => long ?? "");
    const complete = fc.tuple(...required.map((flag) => value.map((one) => [flag, one])));
    const some = fc.array(
      fc.oneof(
        { weight: 3, arbitrary: option },
        value.map((one) => [one]),
      ),
      { maxLength: 5 },
    );
    return fc
      .tuple(fc.oneof({ weight: 3, arbitrary: complete }, fc.constant([])), some)
      .map(([first, more]) => [...path, ...[...first, ...more].flat().filter((word) => word !== undefined)]);
  });
  const carriedOut = fc.oneof(
    { weight: 299, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  );
  const world = makeWorld();
  mkdirSync(join(world.cwd, "folder"));
  writeFileSync(join(world.cwd, "empty"), "");
  return {
    inputs: fc.record({ args, carriedOut }),
    async judge({ args: given, carriedOut: really }) {
      const said = await carried(async () => {
        let status = 0;
        await commandLine(async () => {
          status = 0;
        }).parseAsync(given, { from: "user" });
        return status;
      });
      const fault = faultOf(said, /\S/);
      if (fault || !really || parsedAlone.includes(given[0] ?? "")) return fault;
      return faultOf(await carriedOutIn(world.cwd, given, environment(world.env())), /\S/);
    },
    close: world.dispose,
  };
}

interface Leaf {
  readonly path: readonly string[];
  readonly command: Command;
}

function leaves(command: Command, path: readonly string[]): readonly Leaf[] {
  if (command.commands.length === 0) return [{ path, command }];
  return command.commands.flatMap((one) => leaves(one, [...path, one.name()]));
}

/** Every credential is one that no output may show, and no name leads anywhere. */
function environment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const marked = Object.entries(env).map(([key, value]) => [key, value?.replace(/^canary-.*/, canary)]);
  const offline = pathToFileURL(join(import.meta.dirname, "offline.mjs"));
  return { ...Object.fromEntries(marked), NODE_OPTIONS: `--import ${offline}` };
}

async function carriedOutIn(cwd: string, given: readonly string[], env: NodeJS.ProcessEnv): Promise<Said> {
  // No process can be given a NUL; what `evidence run` carries out does nothing.
  const args = given.map((word, i) =>
    given[1] === runsCommands && i > 1 && !word.startsWith("-") ? "true" : word,
  );
  const child = spawn(
    process.execPath,
    [join(root, "readiness/cli.ts"), ...args.map((a) => a.replaceAll("\0", ""))],
    {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: milliseconds,
      killSignal: "SIGKILL",
    },
  );
  const status = new Promise<number | null>((closed) => child.once("close", closed));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await status, stdout, stderr };
}
