/** `facts`: has Pulumi preview a stack, and writes what its program was told of others' resources into a dated file. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { parseJson } from "../foreign-json.ts";
import { FactsError, type FactsFile, factsPath, readFacts } from "../inputs/facts-file.ts";
import { withheld } from "../inputs/withheld.ts";
import { runPulumi } from "../pulumi/pulumi-cli.ts";
import { reach } from "../pulumi/target.ts";
import { writeWhole } from "../terminal/out-file.ts";
import { type Note, notesVariable } from "./withhold.ts";

export interface FactsOptions {
  readonly stack: string;
  readonly days: number;
}

const recorder = join(import.meta.dirname, `recorder${extname(import.meta.filename)}`);

/**
 * Records what a stack's lookups answer now. Changes nothing but the file of facts, which has to be one already where it
 * is there.
 * @returns the exit status: Pulumi's own where its preview failed, of which nothing is written
 * @throws UsageError, FactsError
 */
export async function facts({ stack: given, days }: FactsOptions, projectDir: string): Promise<number> {
  if (days < 1 || days > 366) throw new UsageError(`--days is ${days}, must be 1 to 366`);
  const { stack } = reach(projectDir, given);
  // Whatever else stands there is nobody's to write over.
  const before = readFacts(projectDir, stack);
  const folder = mkdtempSync(join(tmpdir(), "readiness-facts-"));
  try {
    const notes = join(folder, "notes.jsonl");
    const recorded = new Date().toISOString();
    const status = await runPulumi(["preview", "--stack", given], {
      NODE_OPTIONS: [process.env["NODE_OPTIONS"], `--import=${pathToFileURL(recorder).href}`]
        .filter(Boolean)
        .join(" "),
      [notesVariable]: notes,
    });
    if (status !== exitStatus.go) {
      process.stderr.write(`error: the preview failed, and ${factsPath(stack)} is as it was\n`);
      return status;
    }
    const lookups = lookupsIn(notes);
    if (lookups.length === 0 && !before) {
      process.stdout.write(`\n${stack} looks nothing up: there is nothing to record.\n`);
      return exitStatus.go;
    }
    write(projectDir, { schemaVersion: "1.0", stack, recorded, days, lookups });
    return exitStatus.go;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @throws FactsError where the program ran without the recorder */
function lookupsIn(notes: string): FactsFile["lookups"] {
  if (!existsSync(notes)) {
    throw new FactsError("nothing was recorded: the program did not run on Node.js, or without NODE_OPTIONS");
  }
  const lines = readFileSync(notes, "utf8").split("\n").filter(Boolean);
  const found = lines.map((line) => parseJson(line) as Note).filter((note) => note.kind !== "begin");
  const byQuestion = new Map(
    found.map((note) => [JSON.stringify([note.kind, note.token, note.provider, note.args]), note]),
  );
  return [...byQuestion].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, note]) => note);
}

function write(projectDir: string, file: FactsFile): void {
  const path = join(projectDir, factsPath(file.stack));
  const text = `${JSON.stringify(file, undefined, 2)}\n`;
  mkdirSync(dirname(path), { recursive: true });
  writeWhole(path, text, "facts");
  const closed = text.split(JSON.stringify(withheld)).length - 1;
  const { length } = file.lookups;
  process.stdout.write(
    `\n${factsPath(file.stack)}: ${length} ${length === 1 ? "lookup" : "lookups"}, for ${file.days} days` +
      `${closed > 0 ? `; ${closed} ${closed === 1 ? "value" : "values"} withheld that may be secret` : ""}. Commit it.\n`,
  );
}
