/** Where a release stands: each step, what proves it, and the one that is next. */

import { constants } from "node:os";
import { isLive, type ReleasePhase, type ReleaseStep, rollbackStep } from "../../../model/release/phases.ts";
import { exitStatus } from "../../exit-status.ts";
import { type Clocked, type Current, clockOf, lastAttempt, lastPass, takenOver } from "../log/current.ts";

/** A person whose word a step waits for. */
export interface Signature {
  readonly item: string;
  readonly statement: string;
  readonly role: string;
  /** Ids of those who hold the role. */
  readonly people: readonly string[];
}

/** What a gate says. */
export interface Judged {
  readonly outcome: "pass" | "fail" | "unknown";
  /** What it stands on, in a few words. */
  readonly proof: string;
  /** What stands in the way. */
  readonly why: readonly string[];
  readonly signatures: readonly Signature[];
  /** What people type to mend that. */
  readonly commands: readonly string[];
  /** Digest of the report, where there is one. */
  readonly report: string | null;
}

/** `open`: nobody did it yet; `again`: it was cut off; `later`: something else comes first. */
export type StepState = "done" | "failed" | "undetermined" | "open" | "again" | "later";

export interface StepStanding extends Omit<Judged, "outcome" | "report"> {
  readonly step: ReleaseStep;
  readonly state: StepState;
  /** When it was done, or went wrong. */
  readonly at: string | null;
  readonly report: string | null;
}

export interface PhaseStanding {
  readonly phase: ReleasePhase;
  readonly steps: readonly StepStanding[];
  readonly clock: Clocked | undefined;
}

export interface Standing {
  readonly phases: readonly PhaseStanding[];
  /** Nothing where all is done. */
  readonly next: StepStanding | undefined;
}

export type Gate = Exclude<ReleaseStep, { kind: "command" }>;
/** Asks a gate; nothing where that is not to be known yet. */
export type Judge = (step: Gate, isNext: boolean) => Promise<Judged | undefined>;

/** A process that a signal has ended ends with 128 and its number. */
const lastSignal = Math.max(...Object.values(constants.signals));

const nothing = { proof: "", why: [], signatures: [], commands: [], report: null, at: null } as const;

/**
 * @param current the release at work; nothing before it begins
 * @param judge is asked of gates that no later command has left behind
 */
export async function standingOf(
  phases: readonly ReleasePhase[],
  current: Current | undefined,
  judge: Judge,
): Promise<Standing> {
  const steps = phases.flatMap((phase) => phase.steps);
  const counted = current?.counted ?? [];
  const behind = steps.findLastIndex(
    (step) => step.kind === "command" && lastAttempt(counted, step.id)?.ended?.fact.status === exitStatus.go,
  );
  const standings = new Map<string, StepStanding>();
  let next: StepStanding | undefined;
  for (const [i, step] of steps.entries()) {
    const standing =
      step.kind === "command" ? commandStanding(step, current) : await gateStanding(step, i < behind);
    const told = next === undefined || standing.state === "done" ? standing : { ...standing, ...later };
    standings.set(step.id, told);
    if (standing.state !== "done") next ??= standing;
  }
  return {
    phases: phases.map((phase) => ({
      phase,
      steps: phase.steps.flatMap(({ id }) => standings.get(id) ?? []),
      clock: current && clockOf(current, phase.id, lastStepOf(phase)),
    })),
    next,
  };

  async function gateStanding(step: Gate, left: boolean): Promise<StepStanding> {
    const passed = lastPass(counted, step.id);
    if (left && passed)
      return {
        ...nothing,
        step,
        state: "done",
        at: passed.at,
        proof: passed.fact.proof,
        report: passed.fact.report,
      };
    const said = await judge(step, next === undefined);
    if (!said) return { ...nothing, step, state: "open" };
    const state = { pass: "done", fail: "failed", unknown: "undetermined" } as const;
    return { ...said, step, state: state[said.outcome], at: passed?.at ?? null };
  }
}

const later = { state: "later", why: [], commands: [] } as const;

/** A rollback is no step of the phase: it is taken where another fails. */
function lastStepOf({ id, steps }: ReleasePhase): string {
  return id === "rollback" ? rollbackStep : (steps.at(-1)?.id ?? "");
}

function commandStanding(
  step: Extract<ReleaseStep, { kind: "command" }>,
  current: Current | undefined,
): StepStanding {
  const taken = takenOver(current?.counted ?? [], step.id);
  if (taken) {
    const { at, from } = taken.fact;
    return { ...nothing, step, state: "done", at, proof: `in staging's own release ${from.release}` };
  }
  const attempt = lastAttempt(current?.counted ?? [], step.id);
  if (!attempt) return { ...nothing, step, state: "open" };
  const { begun, ended } = attempt;
  if (!ended) {
    return { ...nothing, step, state: "again", at: begun.at, why: [`It was cut off; begun at ${begun.at}`] };
  }
  const { status } = ended.fact;
  const told = { ...nothing, step, at: ended.at, proof: `exit status ${status}` };
  if (status === exitStatus.go) return { ...told, state: "done" };
  if (status > 128 && status <= 128 + lastSignal) {
    return { ...told, state: "again", why: [`It was stopped at ${ended.at}`] };
  }
  const why = [`It ended with ${status} at ${ended.at}`];
  // A look that could not be carried out says nothing of the site.
  const unknown =
    status === exitStatus.undetermined || (step.command === "verify" && status !== exitStatus.noGo);
  return { ...told, why, state: unknown ? "undetermined" : "failed" };
}

/** Whether what failed last is what customers have: it is rolled back, or tried again for a reason. */
export function failedLive(next: StepStanding | undefined): boolean {
  return next?.state === "failed" && next.step.kind === "command" && isLive(next.step.id);
}
