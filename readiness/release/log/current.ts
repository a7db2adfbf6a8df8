/** What a log says of the release that it tells of last. */
import type { PhaseId } from "../../../model/release/phases.ts";
import { UsageError } from "../../errors.ts";
import type { Entry, Fact, FactOf, Subject } from "./entry.ts";

type Told<E extends Fact["event"]> = Entry & { readonly fact: FactOf<E> };

export interface Current {
  /** `<date>-<commit>`. */
  readonly id: string;
  readonly opened: Told<"opened">;
  /** What is released now, where that has changed since. */
  readonly subject: Subject;
  /** Its entries from the beginning. */
  readonly entries: readonly Entry[];
  /** Those that count: since what is released last changed. */
  readonly counted: readonly Entry[];
  readonly closed: Told<"closed"> | undefined;
}

function is<E extends Fact["event"]>(event: E) {
  return (entry: Entry): entry is Told<E> => entry.fact.event === event;
}

export function currentOf(entries: readonly Entry[]): Current | undefined {
  const from = entries.findLastIndex(is("opened"));
  const own = entries.slice(from);
  const [opened] = own;
  if (!opened || !is("opened")(opened)) return undefined;
  const changed = own.findLastIndex(is("changed"));
  const change = own[changed];
  return {
    id: opened.release,
    opened,
    subject: change && is("changed")(change) ? change.fact.subject : opened.fact.subject,
    entries: own,
    counted: changed < 0 ? own : own.slice(changed),
    closed: own.find(is("closed")),
  };
}

/**
 * Two releases at once are none.
 * @throws UsageError where another one than that of this commit is at work
 */
export function assertSameCommit(current: Current | undefined, commit: string, stack: string): void {
  if (!current || current.closed || current.subject.commit === commit) return;
  const { id, opened, subject } = current;
  throw new UsageError(
    `${id} is at work since ${opened.at}, and another commit is checked out: git checkout ${subject.commit}, or give it up: npm run release -- --stack ${stack} --abandon "REASON"`,
  );
}

/** Every release of a log, the oldest first. */
export function releasesOf(entries: readonly Entry[]): readonly Current[] {
  const starts = entries.flatMap((entry, i) => (is("opened")(entry) ? [i] : []));
  return starts.flatMap((start, i) => currentOf(entries.slice(start, starts[i + 1])) ?? []);
}

/** How the last attempt at a command went; nothing where there was none. */
export interface Attempt {
  readonly begun: Told<"begun">;
  readonly running: Told<"running"> | undefined;
  readonly ended: Told<"ended"> | undefined;
}

export function lastAttempt(entries: readonly Entry[], step: string): Attempt | undefined {
  const ofStep = entries.filter(({ fact }) => "step" in fact && fact.step === step);
  const from = ofStep.findLastIndex(is("begun"));
  const begun = ofStep[from];
  if (!begun || !is("begun")(begun)) return undefined;
  const later = ofStep.slice(from + 1);
  return { begun, running: later.find(is("running")), ended: later.find(is("ended")) };
}

/** That a step was done in staging's own release; nothing where it was begun here since. */
export function takenOver(entries: readonly Entry[], step: string): Told<"taken over"> | undefined {
  const last = entries.findLast(({ fact }) => "step" in fact && fact.step === step);
  return last && is("taken over")(last) ? last : undefined;
}

/** When a gate last let the release pass. */
export function lastPass(entries: readonly Entry[], step: string): Told<"judged"> | undefined {
  const said = entries.filter(is("judged")).findLast(({ fact }) => fact.step === step);
  return said?.fact.outcome === "pass" ? said : undefined;
}

export interface Clocked {
  readonly from: string;
  /** Absent while it goes on. */
  readonly to: string | undefined;
}

/**
 * When a phase began and was done: from its first command to its last step. The first begins with the release, and waiting
 * for a signature is nobody's work.
 * @param last its last step
 */
export function clockOf(
  { opened, entries }: Pick<Current, "opened" | "entries">,
  phase: PhaseId,
  last: string,
): Clocked | undefined {
  const ofPhase = entries.filter(({ fact }) => "step" in fact && fact.step.startsWith(`${phase}.`));
  const from = phase === "before" ? opened : ofPhase.find(is("begun"));
  if (!from) return undefined;
  const done = ofPhase.findLast(
    ({ fact }) =>
      "step" in fact &&
      fact.step === last &&
      ((fact.event === "ended" && fact.status === 0) || (fact.event === "judged" && fact.outcome === "pass")),
  );
  return { from: from.at, to: done?.at };
}
