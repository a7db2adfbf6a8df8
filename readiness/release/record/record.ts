/** What is left of a release, made from its log alone. The shape is record.schema.json; a field is never renamed. */

import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { type Delivery, deliveryOf } from "../../../model/release/delivery.ts";
import { type PhaseId, phasesOf, rollbackStep } from "../../../model/release/phases.ts";
import type { Tier } from "../../../model/tier.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { exitStatus } from "../../exit-status.ts";
import { factsOf } from "../delivery/facts.ts";
import { type Current, clockOf, currentOf, lastAttempt, lastPass, takenOver } from "../log/current.ts";
import type { Entry, KeptFile, Subject } from "../log/entry.ts";

export interface ReleaseRecord {
  readonly schemaVersion: "1.0";
  readonly tool: { readonly name: string; readonly version: string };
  readonly stack: string;
  readonly tier: Tier;
  /** `<date>-<commit>`. */
  readonly release: string;
  readonly verdict: "at work" | "released" | "superseded" | "rolled back" | "abandoned";
  readonly why: string | null;
  readonly opened: Act;
  readonly closed: Act | null;
  /** Everybody who did something, in the order in which they came. */
  readonly people: readonly string[];
  readonly released: Subject;
  /** The stack that went first. */
  readonly staging: string;
  readonly phases: readonly RecordedPhase[];
  /** When a gate or a command said no, and why. */
  readonly refusals: readonly (Act & { readonly step: string; readonly why: readonly string[] })[];
  /** Null where nothing was taken back. */
  readonly rollback: (Time & { readonly status: number | null }) | null;
  /** Every file that the verdict stood on, and what commands said. */
  readonly evidence: readonly KeptFile[];
  /** DORA's four figures of the stack, of the days before. */
  readonly delivery: Delivery & { readonly days: number };
  /** Which lines of the log this was made from. */
  readonly log: { readonly from: number; readonly to: number; readonly head: string };
}

interface Act {
  readonly at: string;
  readonly by: string;
}

/** Null where it has not begun, or not ended. */
interface Time {
  readonly from: string | null;
  readonly to: string | null;
  readonly seconds: number | null;
  readonly withinBudget: boolean | null;
}

export interface RecordedPhase extends Time {
  readonly phase: PhaseId;
  readonly title: string;
  readonly budgetMinutes: { readonly usual: number; readonly most: number } | null;
  readonly steps: readonly RecordedStep[];
}

export interface RecordedStep {
  readonly step: string;
  readonly statement: string;
  readonly done: boolean;
  /** Who did it and when; null where it is not done. */
  readonly by: string | null;
  readonly at: string | null;
  /** Of a command: how often it was started, and the words of the last time. */
  readonly attempts: number;
  readonly command: readonly string[] | null;
  /** Of a gate: what it said, such as the verdict, and the digest of the report that it went by. */
  readonly proof: string | null;
  readonly report: string | null;
}

const days = 30;

/** @throws Error for a log without a release */
export function recordOf(entries: readonly Entry[], spec: StackSpec, now: Date): ReleaseRecord {
  const current = currentOf(entries);
  const last = entries.at(-1);
  if (!current || !last) throw new Error("a record is of a release");
  const { opened, closed } = current;
  const facts = factsOf(
    entries,
    spec.services.map(({ name }) => name),
  );
  return {
    schemaVersion: "1.0",
    tool: { name: packageJson.name, version: packageJson.version },
    stack: spec.stack,
    tier: spec.tier,
    release: current.id,
    verdict: closed?.fact.outcome ?? "at work",
    why: closed?.fact.why ?? null,
    opened: actOf(opened),
    closed: closed ? actOf(closed) : null,
    people: [...new Set(current.entries.map(({ by }) => by))],
    released: current.subject,
    staging: opened.fact.staging,
    phases: phasesOf(spec.tier)
      .filter(({ steps }) => steps.length > 0)
      .map(({ id, title, budget, steps }) => ({
        phase: id,
        title,
        budgetMinutes: budget,
        ...timeOf(current, id, steps.at(-1)?.id ?? "", budget?.most),
        steps: steps.map(({ id: step, statement }) => stepOf(current, step, statement)),
      })),
    refusals: current.entries.flatMap(refusalOf),
    rollback: rollbackOf(current),
    evidence: evidenceOf(current),
    delivery: { days, ...deliveryOf(facts, now, days) },
    log: { from: opened.entry, to: last.entry, head: last.digest },
  };
}

function actOf({ at, by }: Entry): Act {
  return { at, by };
}

function timeOf(current: Current, phase: PhaseId, last: string, most: number | undefined): Time {
  const { from = null, to = null } = clockOf(current, phase, last) ?? {};
  const seconds = from && to ? Math.round((Date.parse(to) - Date.parse(from)) / 1000) : null;
  return {
    from,
    to,
    seconds,
    withinBudget: seconds === null || most === undefined ? null : seconds <= most * 60,
  };
}

function stepOf(current: Current, step: string, statement: string): RecordedStep {
  const attempt = lastAttempt(current.counted, step);
  const passed = lastPass(current.counted, step);
  const ended = attempt?.ended?.fact.status === exitStatus.go ? attempt.ended : undefined;
  const taken = takenOver(current.counted, step);
  const done = taken ?? passed ?? ended;
  const begun = current.counted.filter(({ fact }) => fact.event === "begun" && fact.step === step);
  return {
    step,
    statement,
    done: done !== undefined,
    by: done?.by ?? null,
    at: taken?.fact.at ?? done?.at ?? null,
    attempts: begun.length,
    command: attempt?.begun.fact.command ?? null,
    proof: taken ? `staging's own release ${taken.fact.from.release}` : (passed?.fact.proof ?? null),
    report: passed?.fact.report ?? null,
  };
}

function refusalOf({ at, by, fact }: Entry): ReleaseRecord["refusals"] {
  if (fact.event === "judged" && fact.outcome !== "pass") return [{ at, by, step: fact.step, why: fact.why }];
  if (fact.event !== "ended" || fact.status === exitStatus.go) return [];
  return [{ at, by, step: fact.step, why: [`It ended with ${fact.status}.`] }];
}

function rollbackOf(current: Current): ReleaseRecord["rollback"] {
  const attempt = lastAttempt(current.entries, rollbackStep);
  if (!attempt) return null;
  const budget = phasesOf("production").find(({ id }) => id === "rollback")?.budget;
  const time = timeOf(current, "rollback", rollbackStep, budget?.most);
  return { ...time, status: attempt.ended?.fact.status ?? null };
}

/** Of a file that was looked at more than once, what it was at last. */
function evidenceOf({ counted }: Current): readonly KeptFile[] {
  const files = counted.flatMap(({ fact }) => ("files" in fact ? fact.files : []));
  const byPath = new Map(files.map((file) => [file.path, file]));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
