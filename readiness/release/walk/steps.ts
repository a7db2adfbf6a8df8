/** What is done of a release, step by step, each in the log before and after it. */
import { join } from "node:path";
import { type CommandStep, isBehind, isLive, rollbackStep } from "../../../model/release/phases.ts";
import { UsageError } from "../../errors.ts";
import { exitStatus } from "../../exit-status.ts";
import { releaseFolder } from "../../proofs/release-file.ts";
import { isGone } from "../../terminal/owner.ts";
import { clearProgress } from "../../terminal/progress.ts";
import { shareAnchor } from "../log/anchor.ts";
import {
  assertSameCommit,
  type Current,
  currentOf,
  lastAttempt,
  lastPass,
  releasesOf,
} from "../log/current.ts";
import type { FactOf, KeptFile } from "../log/entry.ts";
import type { Log } from "../log/log.ts";
import type { Act } from "./act.ts";
import { leaveBehind } from "./aftermath.ts";
import { argsOf, rollbackWords } from "./commands.ts";
import { filesIn, proofFiles } from "./files.ts";
import type { Judging } from "./judge.ts";
import { failedLive, type Standing, type StepStanding, standingOf } from "./standing.ts";
import { isSame } from "./subject.ts";
import { takeOver } from "./take-over.ts";
import { takenBack } from "./taken-back.ts";
import { standingText, stepText } from "./text.ts";

/** Carries out what is next, until it is done or something says no. */
export async function runSteps(act: Act, log: Log): Promise<number> {
  let { again } = act.options;
  const { until, takeBack } = act.options;
  if (await isReleased(act, log)) return exitStatus.go;
  if (act.options.supersede) await supersede(act, log);
  await begin(act, log);
  await takeOver(act, log);
  for (;;) {
    const current = atWork(act.spec.stack, log);
    const asked = act.ask();
    const standing = await standingOf(act.phases, current, asked.judge);
    clearProgress();
    await notePasses(act, log, current, standing, asked);
    const { next } = standing;
    if (!next) {
      await log.add(current.id, { event: "closed", outcome: "released", why: "Every step is done." });
      show(act, log, standing);
      return exitStatus.go;
    }
    if (until !== undefined && isBehind(until, next.step.id)) {
      show(act, log, standing);
      return exitStatus.go;
    }
    if (next.step.kind !== "command") {
      await log.add(current.id, judgedFact(act, next, asked));
      show(act, log, standing);
      return next.state === "undetermined" ? exitStatus.undetermined : exitStatus.noGo;
    }
    if (failedLive(next) && again === undefined) {
      show(act, log, standing);
      return exitStatus.noGo;
    }
    const status = await carryOutStep(act, log, next.step, again);
    again = undefined;
    if (status === exitStatus.go) continue;
    show(act, log, await standingOf(act.phases, atWork(act.spec.stack, log), act.ask().judge));
    return takeBack && isLive(next.step.id) ? handOver(act, log, status) : status;
  }
}

/** A release of another commit is over for the next one where production has nothing of it, or is through with it. */
async function supersede(act: Act, log: Log): Promise<void> {
  const { subject } = act;
  const current = currentOf(log.entries);
  if (!current || current.closed || current.subject.commit === subject.commit) return;
  const [deployed, watched] = ["production.deploy", "production.watch"].map((step) =>
    lastAttempt(current.counted, step),
  );
  if (deployed && watched?.ended?.fact.status !== exitStatus.go) return;
  const why = `${subject.commit.slice(0, 12)} follows ${deployed ? "on it" : "in its place"}.`;
  await log.add(current.id, { event: "closed", outcome: "superseded", why });
  await leaveBehind(act, log);
}

/** A look at production has not ended well: the rollback decides by that, and leaves alone what ran before. */
async function handOver(act: Act, log: Log, looked: number): Promise<number> {
  const deployed = lastAttempt(atWork(act.spec.stack, log).counted, "production.deploy");
  const since = deployed?.begun.at ?? act.world.clock().toISOString();
  const others = ["--verified", String(looked), "--since", since];
  const status = await takeItBack(act, log, others);
  // That it is back makes no release of it.
  return status === exitStatus.go ? looked : status;
}

/** Takes back what is deployed, and closes the release where that has worked, in time or not. */
export function rollBack(act: Act, log: Log): Promise<number> {
  return takeItBack(act, log, rollbackWords(act.spec.stack, act.options.others));
}

async function takeItBack(act: Act, log: Log, words: readonly string[]): Promise<number> {
  const current = assertAtWork(act, log);
  const { projectDir, spec, options, world } = act;
  const step = { id: rollbackStep, statement: "What is deployed is taken back" };
  const args = ["rollback", "--stack", spec.stack, ...(options.yes ? ["--yes"] : []), ...words];
  const since = world.clock().toISOString();
  const files = () => takenBack(projectDir, spec, since).files;
  const status = await carryOut(act, log, step, args, { files });
  if (status !== exitStatus.go && !takenBack(projectDir, spec, since).back) return status;
  const steps = act.phases.flatMap((phase) => phase.steps.map(({ id }) => id));
  const failed = steps.find((id) => {
    const said = lastAttempt(current.counted, id)?.ended?.fact.status;
    return said !== undefined && said !== exitStatus.go;
  });
  const why = failed === undefined ? "Somebody decided so." : `${failed} had failed.`;
  await log.add(current.id, { event: "closed", outcome: "rolled back", why });
  return status;
}

export async function abandon(act: Act, log: Log, why: string): Promise<number> {
  const { id } = assertAtWork(act, log);
  await log.add(id, { event: "closed", outcome: "abandoned", why });
  process.stdout.write(`${id} is given up.\n`);
  return exitStatus.go;
}

function show({ spec, staging, subject, world }: Act, log: Log, standing: Standing): void {
  const current = currentOf(log.entries);
  const shown = { spec, staging, commit: subject.commit, current, standing };
  process.stdout.write(`\n${standingText(shown, world.clock())}`);
}

async function isReleased({ subject }: Act, log: Log): Promise<boolean> {
  const current = currentOf(log.entries);
  const released = current?.closed?.fact.outcome === "released" && isSame(current.subject, subject);
  if (released) process.stdout.write(`${current.id} is released since ${current.closed?.at}.\n`);
  return released;
}

async function begin(act: Act, log: Log): Promise<void> {
  const { subject, staging, world } = act;
  const current = currentOf(log.entries);
  if (current && !current.closed) {
    assertAtWork(act, log);
    if (!isSame(current.subject, subject)) await log.add(current.id, { event: "changed", subject });
    return;
  }
  const day = `${world.clock().toISOString().slice(0, 10)}-${subject.commit.slice(0, 12)}`;
  const before = releasesOf(log.entries).filter(({ id }) => id.startsWith(day)).length;
  const id = before === 0 ? day : `${day}-${before + 1}`;
  await log.add(id, { event: "opened", staging, subject });
}

/** @throws UsageError where no release is at work, another is, or a step of it still runs */
function assertAtWork(act: Act, log: Log): Current {
  const current = atWork(act.spec.stack, log);
  if (act.options.abandon === undefined) assertSameCommit(current, act.subject.commit, act.spec.stack);
  const steps = [...act.phases.flatMap((phase) => phase.steps.map(({ id }) => id)), rollbackStep];
  for (const step of steps) {
    const { running, ended } = lastAttempt(current.counted, step) ?? {};
    if (!running || ended || isGone(running.fact.process)) continue;
    const { pid, host } = running.fact.process;
    if (act.options.again !== undefined) continue;
    throw new UsageError(
      `${step} of ${current.id} is still at work as process ${pid} on ${host}; where that is over, say so with --again "REASON"`,
    );
  }
  return current;
}

function atWork(stack: string, log: Log): Current {
  const current = currentOf(log.entries);
  if (current && !current.closed) return current;
  throw new UsageError(`no release of ${stack} is at work: npm run release -- --stack ${stack} --run`);
}

async function notePasses(
  act: Act,
  log: Log,
  current: Current,
  { phases }: Standing,
  asked: Judging,
): Promise<void> {
  const passed = phases
    .flatMap(({ steps }) => steps)
    .filter(({ step, state }) => step.kind !== "command" && state === "done")
    .filter(({ step }) => !lastPass(current.counted, step.id));
  await log.add(current.id, ...passed.map((standing) => judgedFact(act, standing, asked)));
}

function judgedFact(
  { projectDir, subject }: Act,
  { step, state, proof, why, report }: StepStanding,
  asked: Judging,
): FactOf<"judged"> {
  const outcome = state === "done" ? "pass" : state === "undetermined" ? "unknown" : "fail";
  const update = asked.reports.find(({ purpose }) => purpose === "update");
  const files = step.kind === "verdict" && update ? proofFiles(projectDir, update, subject) : [];
  return { event: "judged", step: step.id, outcome, proof, why: [...why], report, files: [...files] };
}

interface HowToCarryOut {
  /** Why, where it had failed before. */
  readonly again?: string | undefined;
  /** File that takes what it says. */
  readonly keep?: string;
  /** What it leaves. */
  readonly files: () => readonly KeptFile[];
}

async function carryOut(
  { projectDir, spec, options, world }: Act,
  log: Log,
  step: Pick<CommandStep, "id" | "statement">,
  args: readonly string[],
  { again, keep, files }: HowToCarryOut,
): Promise<number> {
  const { id } = atWork(spec.stack, log);
  await log.add(id, { event: "begun", step: step.id, command: [...args], again: again ?? null });
  // Whoever shares the log has to hear of it before anything is done.
  if (options.remote !== undefined) await shareAnchor(projectDir, spec.stack, options.remote);
  process.stdout.write(stepText(step, args));
  const started = world.execute(args, keep);
  // It may fail while the log is being written; whoever waits for it below is told.
  started.ended.catch(() => {});
  await log.add(id, { event: "running", step: step.id, process: started.process });
  const status = await started.ended;
  await log.add(id, { event: "ended", step: step.id, status, files: [...files()] });
  if (options.remote !== undefined) await shareAnchor(projectDir, spec.stack, options.remote);
  return status;
}

/** A step of the release, whose words are kept where nobody is asked anything. */
function carryOutStep(act: Act, log: Log, step: CommandStep, again: string | undefined): Promise<number> {
  const { projectDir, spec, options } = act;
  const { id } = atWork(spec.stack, log);
  const folder = join(releaseFolder(spec.stack), id, step.id);
  const args = argsOf(step, { ...act, stack: spec.stack, folder, yes: options.yes });
  const files = () => filesIn(projectDir, folder);
  if (step.command === "up") return carryOut(act, log, step, args, { again, files });
  const keep = join(projectDir, folder, `${log.entries.length + 1}.txt`);
  return carryOut(act, log, step, args, { again, keep, files });
}
