/** Gives the commands what nobody would: `npm run fuzz`, see README.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Option } from "commander";
import { assertPassedOn } from "../../readiness/terminal/npm-options.ts";
import { isKind, type KindName, kinds } from "./kind.ts";
import { watched } from "./watch.ts";

/** Three times what a command may take over one input: other work may have the machine. */
const hangMilliseconds = 30_000;

interface Found {
  readonly kind: KindName;
  readonly seed: number;
  readonly fault: string;
  readonly input: unknown;
}

const options = {
  kind: { type: "string", multiple: true },
  seed: { type: "string", default: "1" },
  runs: { type: "string" },
  seconds: { type: "string" },
  replay: { type: "string" },
} as const;
const names = Object.keys(kinds).filter(isKind);
const flags = [
  "--kind <kind>",
  "--seed <number>",
  "--runs <number>",
  "--seconds <number>",
  "--replay <file>",
];

try {
  const args = process.argv.slice(2);
  assertPassedOn(
    flags.map((flag) => new Option(flag)),
    args,
    process.env,
  );
  const { values } = parseArgs({ args, options });
  process.exitCode = values.replay === undefined ? await fuzz(values) : await replay(values.replay);
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}

async function fuzz(given: {
  kind?: string[];
  seed: string;
  runs?: string;
  seconds?: string;
}): Promise<number> {
  const asked = (given.kind ?? names).map((name) => {
    if (isKind(name)) return name;
    throw new Error(`there is no kind "${name}": they are ${names.join(", ")}`);
  });
  const seed = wholeNumber("seed", given.seed);
  const seconds = given.seconds === undefined ? undefined : wholeNumber("seconds", given.seconds);
  const most = given.runs === undefined ? undefined : wholeNumber("runs", given.runs);
  let status = 0;
  for (const kind of asked) {
    // By time alone, where no number is given with it.
    const runs = most ?? (seconds === undefined ? kinds[kind].runs : 2 ** 31 - 1);
    const began = performance.now();
    const { runs: done, finding } = await watched({ kind, seed, runs, seconds }, hangMilliseconds);
    const took = ((performance.now() - began) / 1000).toFixed(1);
    if (finding) status = told({ kind, seed, ...finding });
    else console.log(`✓ ${kind}: ${done} inputs of seed ${seed}, ${took} s`);
  }
  return status;
}

/** Says what was found, and keeps the input. */
function told(found: Found): number {
  const file = `fuzz-${found.kind}-${found.seed}.json`;
  writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
  console.log(`✗ ${found.kind}, seed ${found.seed}: ${found.fault.trimEnd()}`);
  console.log(`  npm run fuzz -- --replay ${file}`);
  return 1;
}

async function replay(file: string): Promise<number> {
  const { kind, seed, input }: Found = JSON.parse(readFileSync(file, "utf8"));
  const { finding } = await watched({ kind, seed, runs: 1, input }, hangMilliseconds);
  console.log(finding ? `✗ ${kind}: ${finding.fault.trimEnd()}` : `✓ ${kind}: nothing is wrong any more`);
  return finding ? 1 : 0;
}

function wholeNumber(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`--${option} is ${text}, must be a whole number`);
}
