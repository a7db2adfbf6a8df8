/** Makes a statement of what was read, and holds it against the checklist as the gate will. */
import { resolve } from "node:path";
import { styleText } from "node:util";
import { fits, type Need, type NeededItem, needOf, type Part } from "../../model/checklist/needs.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { platform } from "../../model/on-call/routing.ts";
import { didYouMean } from "../../model/suggest.ts";
import packageJson from "../../package.json" with { type: "json" };
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { loadStack } from "../inputs/stack-file.ts";
import { formats } from "../proofs/evidence/formats.ts";
import { frame } from "../proofs/evidence/frame.ts";
import type { Format, Reading, Shard } from "../proofs/evidence/reading.ts";
import { type Recomputed, readWith, recompute, sha256Of } from "../proofs/evidence/recompute.ts";
import { misclaim, shortfall, stale } from "../proofs/evidence/shortfall.ts";
import {
  predicateType,
  type Statement,
  statementSchema,
  statementType,
  type ToolRun,
} from "../proofs/evidence/statement.ts";
import { fileAway } from "./file-away.ts";
import { environmentOf, type HandInOptions, itemOf, suiteOf } from "./options.ts";
import { schemaDigest, unmeasured, untracked, type WorkingCopy } from "./working-copy.ts";

/** What a tool wrote, or a person. */
export interface HandedIn {
  readonly format: Format;
  /** The first is what the format reads. */
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  readonly exitCode: number | null;
  /** Where the output itself does not tell. */
  readonly shard: Shard | null;
}

export type Clock = () => Date;

export const defaults = { out: "evidence", stack: "prod", source: "." } as const;

/**
 * Writes a statement with its raw files, and says whether it proves its part of the item. What shows nothing at all is
 * not written; a failure is, since it counts more than an older success.
 * @returns 0 where it proves it, 1 where it does not
 * @throws UsageError for what the gate would refuse however often it is handed in
 */
export async function handIn(
  options: HandInOptions,
  outputs: readonly HandedIn[],
  copy: WorkingCopy,
  projectDir: string,
  clock: Clock,
): Promise<number> {
  const { spec } = loadStack(projectDir, options.stack ?? defaults.stack);
  assertService(options.service, spec);
  const readings = outputs.map(read);
  await assertOfCommit(readings, copy, resolve(projectDir, options.source ?? defaults.source));
  const item = itemOf(
    options,
    readings.map(({ measure }) => measure.kind),
  );
  const runs = outputs.map((output, i) => runOf(output, readings[i] as Reading));
  const statement = await statementOf(options, item, runs, readings, copy, projectDir, spec, clock());
  const parts = partsOf(item, statement);
  const proven = await verified(statement, outputs);
  const of = frame(options.service, spec, {
    commit: copy.commit,
    deployment: statement.predicate.deployment,
    authors: copy.authors,
  });
  const now = clock();
  const need = needOf(item);
  const { environment } = statement.predicate;
  assertWhose(item, need, options.service);
  if (!need.environments.includes(environment)) {
    throw new UsageError(
      `--environment ${environment}: ${item} must be of ${need.environments.join(" or ")}`,
    );
  }
  const unfit = misclaim(statement, need, of, now) ?? stale(need, "release", proven.at, now);
  if (unfit) throw new UsageError(`${item}: ${unfit.observed}, must be ${unfit.wanted}`);

  const path = fileAway(
    resolve(projectDir, options.out ?? defaults.out),
    statement,
    outputs,
    now,
    options.sign,
  );
  process.stdout.write(`${path}\n`);
  const said = parts.map((part) => ({ part, fault: shortfall(part, statement, proven, of) }));
  for (const { part, fault } of said) {
    const [mark, colour] = fault ? (["✗", "red"] as const) : (["✓", "green"] as const);
    const why = fault ? `: ${fault.observed}, must be ${fault.wanted}` : `: ${proven.tools}`;
    process.stdout.write(`${styleText(colour, mark)} ${item} ${part.name}${why}\n`);
  }
  return said.some(({ fault }) => fault) ? exitStatus.noGo : exitStatus.go;
}

function assertService(service: string, { services, stack }: StackSpec): void {
  const names = [...services.map(({ name }) => name), platform];
  if (names.includes(service)) return;
  throw new UsageError(
    `--service ${service}: ${stack} has no such service, must be one of ${names.join(", ")}${didYouMean(service, names)}`,
  );
}

/** An audit of another project's packages says nothing of this one's. */
async function assertOfCommit(readings: readonly Reading[], copy: WorkingCopy, from: string): Promise<void> {
  const audited = readings.flatMap(({ measure }) =>
    measure.kind === "vulnerabilities" ? measure.sources : [],
  );
  const [foreign] = await untracked(copy, from, audited);
  if (foreign === undefined) return;
  throw new UsageError(`what was audited is ${foreign}, must be a lockfile of the commit: run it in ${from}`);
}

/** What the gate looks for elsewhere would never be found. */
function assertWhose(item: NeededItem, { of }: Need, service: string): void {
  if ((of === "platform") === (service === platform)) return;
  const wanted =
    of === "platform" ? `${platform}, since the whole stack has one` : "a service, since each has its own";
  throw new UsageError(`--service ${service}: ${item} must be of ${wanted}`);
}

function read({ format, files: [file] }: HandedIn): Reading {
  if (!file) throw new UsageError(`there is no file of the format ${format.name}`);
  const reading = readWith(format, file);
  if ("problem" in reading) throw new UsageError(reading.problem);
  return reading;
}

function runOf({ format, files, exitCode, shard }: HandedIn, { tool, version, measure }: Reading): ToolRun {
  return {
    format: format.name,
    tool,
    version,
    exitCode: measure.kind === "command" ? measure.exitCode : exitCode,
    shard: measure.kind === "tests" ? (measure.shard ?? shard) : shard,
    summary: measure as ToolRun["summary"],
    files: files.map(({ path, bytes }) => ({ path, sha256: sha256Of(bytes), bytes: bytes.length })),
  };
}

async function statementOf(
  options: HandInOptions,
  item: NeededItem,
  runs: readonly ToolRun[],
  readings: readonly Reading[],
  copy: WorkingCopy,
  projectDir: string,
  spec: StackSpec,
  now: Date,
): Promise<Statement> {
  const service = spec.services.find(({ name }) => name === options.service);
  const covered = readings.flatMap(({ measure }) => (measure.kind === "coverage" ? [measure.files] : []));
  const times = (of: "startedAt" | "finishedAt") => readings.map((reading) => reading[of]);
  const [starts, ends] = [times("startedAt"), times("finishedAt")];
  const last = ends.includes(null) ? null : latest(ends.filter((end) => end !== null));
  const first = starts.filter((start) => start !== null).sort((a, b) => Date.parse(a) - Date.parse(b))[0];
  const finishedAt = last ?? now.toISOString();
  const statement = {
    _type: statementType,
    subject: [
      {
        name: frame(options.service, spec, { commit: copy.commit, deployment: null, authors: [] }).subject,
        digest: { gitCommit: copy.commit },
      },
    ],
    predicateType,
    predicate: {
      version: 1,
      item,
      service: options.service,
      environment: environmentOf(options),
      suite: suiteOf(options),
      deployment: options.deployment ?? null,
      tree: "clean",
      schema: await schemaDigest(
        copy,
        resolve(projectDir, options.source ?? defaults.source),
        options.schema,
      ),
      unmeasured: covered.length > 0 ? [...unmeasured(copy, service?.rootDirectory, covered.flat())] : null,
      authors: [...copy.authors],
      startedAt: first ?? finishedAt,
      finishedAt,
      runs: [...runs],
      collector: `${packageJson.name} ${packageJson.version}`,
    },
  };
  const checked = statementSchema.safeParse(statement);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new UsageError(`what was handed in makes no statement: ${issue?.path.join(".")}: ${issue?.message}`);
}

function latest(times: readonly string[]): string | null {
  return times.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null;
}

/** The parts of an item that a statement could prove. */
function partsOf(item: NeededItem, { predicate }: Statement): readonly Part[] {
  const { parts } = needOf(item);
  const own = parts.filter(
    (part) => part.suite === predicate.suite && predicate.runs.some(({ summary }) => fits(part, summary)),
  );
  if (own.length > 0) return own;
  const ways = parts.map((part) => `${part.name} (${part.handIn})`).join("; or ");
  throw new UsageError(`${item} needs something else: ${ways}`);
}

/** As the gate reads it, from memory. */
async function verified(statement: Statement, outputs: readonly HandedIn[]): Promise<Recomputed> {
  const bytes = new Map(
    outputs.flatMap(({ files }) => files.map((file) => [sha256Of(file.bytes), file] as const)),
  );
  const proven = await recompute(statement, formats, async (sha256) => bytes.get(sha256));
  if ("problem" in proven) throw new UsageError(`what was handed in contradicts itself: ${proven.problem}`);
  return proven;
}
