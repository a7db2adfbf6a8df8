/** Why a statement does not prove a part of an item: what it says of itself, what its runs say, and how old they are. */
import { fits, type Need, type Occasion, type Part } from "../../../model/checklist/needs.ts";
import { faultOf } from "../../../model/evidence/limits.ts";
import type { Measure } from "../../../model/evidence/measure.ts";
import { measuredIn } from "../../../model/evidence/measured.ts";
import { type Fault, firstOf, named } from "../../../model/evidence/scope.ts";
import type { Finding } from "../../../model/finding.ts";
import { type Frame, scopeIn } from "./frame.ts";
import { mergeReadings } from "./merge.ts";
import type { Recomputed } from "./recompute.ts";
import { commitOf, type Statement, type ToolRun } from "./statement.ts";

/** How far clocks may differ; a time further ahead would stay the newest for as long as somebody likes. */
const clockMinutes = 5;

/** What a statement says of itself, before anything is read. */
export function misclaim(statement: Statement, need: Need, frame: Frame, now: Date): Fault | undefined {
  const { environment, deployment, finishedAt } = statement.predicate;
  const [{ name }] = statement.subject;
  return firstOf(
    () =>
      name === frame.subject ? undefined : { observed: `it is of ${name}`, wanted: `of ${frame.subject}` },
    () => {
      const ahead = (Date.parse(finishedAt) - now.getTime()) / 60_000;
      if (ahead <= clockMinutes) return undefined;
      return { observed: `it ended at ${finishedAt}, which is yet to come`, wanted: "in the past" };
    },
    () => {
      if (need.binding !== "commit" || environment === "ci") return undefined;
      if (deployment === null) {
        return { observed: "it does not say which deployment was measured", wanted: "one of this commit" };
      }
      if (environment !== "prod" || deployment === frame.deployment) return undefined;
      if (frame.deployment === null) {
        return {
          observed: `it is of ${deployment}, and nothing of this release is deployed`,
          wanted: "of staging",
        };
      }
      return { observed: `it is of the deployment ${deployment}`, wanted: `of ${frame.deployment}` };
    },
  );
}

/** Whether the commit is the one that is asked for, or has the same schema where that is enough. */
export function isBound(statement: Statement, need: Need, frame: Frame, schema: string | undefined): boolean {
  if (need.binding === "stack" || commitOf(statement) === frame.commit) return true;
  return need.binding === "schema" && schema !== undefined && statement.predicate.schema === schema;
}

/** Kinds whose output can look right though the process that wrote it failed. */
const withExitCode: ReadonlySet<Measure["kind"]> = new Set([
  "tests",
  "coverage",
  "lint",
  "vulnerabilities",
  "load",
]);

/** What the runs say. */
export function shortfall(
  part: Part,
  { predicate }: Statement,
  { readings }: Recomputed,
  frame: Frame,
): Fault | undefined {
  return firstOf(
    () => failedRun(predicate.runs),
    () => (part.kind === "coverage" ? partial(predicate.unmeasured) : undefined),
    () => {
      if (!part.executed || readings.some(({ measure }) => measure.kind === "command")) return undefined;
      return {
        observed: "nothing tells which commit's files its tool was given",
        wanted: "made by `evidence -- run` itself",
      };
    },
    () => {
      const own = readings.filter(({ measure }) => fits(part, measure));
      const whole = mergeable.has(part.kind) ? mergeReadings(own) : undefined;
      if (whole && "problem" in whole)
        return { observed: whole.problem, wanted: "one whole run, handed in together" };
      const measures = whole ? [whole.measure] : own.map(({ measure }) => measure);
      return faultOf(part.kind, measures, scopeIn(predicate.environment, frame));
    },
  );
}

/** What the runs measured of a part. */
export function measuredBy(
  part: Part,
  { predicate: { environment } }: Statement,
  { readings }: Recomputed,
  frame: Frame,
): Pick<Finding, "measured"> {
  const own = readings.map(({ measure }) => measure).filter((measure) => fits(part, measure));
  const values = measuredIn(own, scopeIn(environment, frame));
  return values.length === 0 ? {} : { measured: { service: frame.service, environment, values } };
}

/** Kinds of which several reports may make one run. */
const mergeable: ReadonlySet<Measure["kind"]> = new Set(["tests", "coverage", "lint"]);

function failedRun(runs: readonly ToolRun[]): Fault | undefined {
  for (const { exitCode, tool, summary } of runs) {
    // A command's measure has the command itself.
    if (summary.kind === "command") continue;
    if (exitCode === null && withExitCode.has(summary.kind)) {
      return { observed: `it does not say how ${tool} ended`, wanted: "handed in with its --exit-code" };
    }
    // What it found is the better reason, where it found something.
    if ((exitCode ?? 0) !== 0 && !found(summary))
      return { observed: `${tool} ended with ${exitCode}`, wanted: "0" };
  }
  return undefined;
}

function found(measure: ToolRun["summary"]): boolean {
  if (measure.kind === "tests") return measure.failed > 0;
  if (measure.kind === "lint") return measure.errors > 0;
  if (measure.kind === "load") return measure.broken.length > 0;
  return measure.kind === "vulnerabilities" && measure.named.length > 0;
}

function partial(unmeasured: readonly string[] | null): Fault | undefined {
  if (unmeasured === null) {
    return { observed: "it does not say which source files it leaves out", wanted: "none left out" };
  }
  if (unmeasured.length === 0) return undefined;
  const are = unmeasured.length === 1 ? "a source file is" : `${unmeasured.length} source files are`;
  return { observed: `${are} not in the report: ${named(unmeasured)}`, wanted: "every source file in it" };
}

/** Until when something measured counts; undefined where that does not depend on time. */
export function expiry(need: Need, occasion: Occasion, at: Date): Date | undefined {
  const hours = need.hours[occasion];
  return hours === null ? undefined : new Date(at.getTime() + hours * 3_600_000);
}

export function stale(need: Need, occasion: Occasion, at: Date, now: Date): Fault | undefined {
  const until = expiry(need, occasion, at);
  if (until === undefined || now.getTime() <= until.getTime()) return undefined;
  const hours = need.hours[occasion] ?? 0;
  const limit = hours % 24 === 0 && hours > 72 ? `${hours / 24} days` : `${hours} hours`;
  return {
    observed: `what it rests on is of ${at.toISOString()}`,
    wanted: `not older than ${limit} (${need.source})`,
  };
}
