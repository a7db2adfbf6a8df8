/** The steps of a rollback, each kept in the journal before the next: a run that was killed goes on where it stood. */
import { UsageError } from "../errors.ts";
import { choose, chooseBuilt, currentPlace, type Place } from "./application/choose.ts";
import { carryOut } from "./application/move.ts";
import type { Project } from "./application/vercel.ts";
import { plannedDowns, type TakeBack, takeBack } from "./database/take-back.ts";
import { type Journal, lastMoveOf, type MoveRecord, readJournal, writeJournal } from "./journal.ts";
import { leavesOf } from "./leaves.ts";
import { seenLive } from "./live.ts";
import type { RollbackOptions } from "./options.ts";
import { Refused } from "./refused.ts";
import { minutesOf, type Told, telling } from "./report.ts";
import type { Target } from "./target.ts";

export interface Work extends Target {
  readonly options: RollbackOptions;
  /** Folder of the app's migrations. */
  readonly migrations: string;
  readonly reason: string;
  readonly limitMinutes: number;
  /** Tells people what goes on. */
  readonly say: (line: string) => void;
}

export interface Begun {
  readonly journal: Journal;
  readonly isNew: boolean;
}

/** The rollback that is at work, or a new one; nothing is changed yet. */
export async function begin(work: Work): Promise<Begun | Told> {
  const before = readJournal(work.file);
  if (before && before.ended === undefined) {
    assertSame(work, before);
    work.say(
      `Going on with the ${lastMoveOf(before).type} to ${lastMoveOf(before).to.deployment} of ${lastMoveOf(before).decidedAt}`,
    );
    return work.options.dryRun ? planned(work, before, []) : { journal: before, isNew: false };
  }
  const project = await work.vercel.project(projectNameOf(work));
  if (before && isDone(work, before, project)) {
    const { outcome, why } = before.ended ?? { why: "" };
    return telling(work, outcome === "late" ? "late" : "back", why, {
      journal: before,
      leaves: await leavesOf(work, before),
    });
  }
  const journal = await (work.options.undo ? forward(work, project, before) : back(work, project));
  if ("status" in journal) return journal;
  const task = databaseTask(work);
  const downs = task ? await plannedDowns(task) : [];
  return work.options.dryRun ? planned(work, journal, downs) : { journal, isNew: true };
}

/** Whoever did it may have done it on another machine; a second step back is nobody's by chance. */
function assertNotBack(
  { lastAliasRequest: last, targets }: Project,
  { to, practise }: RollbackOptions,
): void {
  const done =
    last?.type === "rollback" &&
    last.jobStatus === "succeeded" &&
    last.toDeploymentId === targets?.production?.id;
  if (!done || to !== undefined || practise) return;
  const when = new Date(last.requestedAt).toISOString();
  throw new Refused(
    `production went back to ${last.toDeploymentId} at ${when} already: who wants to go further says where to (--to)`,
  );
}

/** What is asked for a second time is not done a second time: who wants to go further back says where to. */
function isDone({ options }: Work, { ended, application, practise }: Journal, { targets }: Project): boolean {
  const { type, to } = application;
  return (
    (ended?.outcome === "back" || ended?.outcome === "late") &&
    !practise &&
    !options.practise &&
    options.undo === (type === "promote") &&
    options.downTo === undefined &&
    targets?.production?.id === to.deployment &&
    (options.to === undefined || options.to === to.deployment || to.commit?.startsWith(options.to) === true)
  );
}

function projectNameOf({ service, spec }: Work): string {
  return `${service.name}-${spec.stack}`;
}

async function back(work: Work, project: Project): Promise<Journal | Told> {
  const { options, spec, service } = work;
  const decidedAt = new Date().toISOString();
  assertNotBack(project, options);
  const choice = await choose(work.vercel, project, options.to);
  if (options.practise && choice.from.commit === null) {
    throw new Refused(
      `${choice.from.deployment} was not built from git: the site could not show the way forward again`,
    );
  }
  const since = sinceOf(options.since);
  if (since !== undefined && choice.fromCreatedAt.getTime() < since.getTime()) {
    const why = `${choice.from.deployment}, which production runs, is of ${choice.fromCreatedAt.toISOString()}: what changed since ${options.since} is not the app, and its rollback would not mend it. The stack itself goes back with npm run rollback -- --stack ${spec.stack} --no-app --infrastructure COMMIT`;
    return telling(work, "refused", why);
  }
  return {
    schemaVersion: 1,
    stack: spec.stack,
    service: service.name,
    project: project.id,
    site: work.health.origin,
    practise: options.practise,
    from: choice.from,
    application: newMove("rollback", choice.to, decidedAt),
    ...(options.downTo !== undefined && { database: { downTo: options.downTo, downs: [] } }),
    answers: [],
  };
}

async function forward(
  { vercel, options, ...work }: Work,
  project: Project,
  before: Journal | undefined,
): Promise<Journal> {
  const decidedAt = new Date().toISOString();
  if (!before && options.to === undefined) {
    throw new UsageError("--undo: there is no rollback here to undo; name where to go (--to)");
  }
  const from = await currentPlace(vercel, project);
  const to = await chooseBuilt(vercel, project, options.to ?? before?.from.deployment ?? "");
  if (to.deployment === from.deployment) throw new Refused(`production runs ${to.deployment} already`);
  const { service, spec, health } = work;
  const base = {
    schemaVersion: 1 as const,
    stack: spec.stack,
    service: service.name,
    project: project.id,
    site: health.origin,
  };
  return { ...base, practise: false, from, application: newMove("promote", to, decidedAt), answers: [] };
}

export function newMove(type: MoveRecord["type"], to: Place, decidedAt: string): MoveRecord {
  return { type, to, decidedAt, before: null, posts: 0 };
}

function sinceOf(given: string | undefined): Date | undefined {
  if (given === undefined) return undefined;
  const time = new Date(given);
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(given) || Number.isNaN(time.getTime())) {
    throw new UsageError(`--since ${given}: must be a time with its offset, such as 2026-01-05T09:00:00Z`);
  }
  return time;
}

/** @throws UsageError where something else is asked for than what is at work */
function assertSame({ options, file }: Work, open: Journal): void {
  const move = lastMoveOf(open);
  const wrong = [
    options.practise !== open.practise && (open.practise ? "--practise is missing" : "it is no --practise"),
    !open.practise &&
      options.undo !== (move.type === "promote") &&
      (options.undo ? "it is no --undo" : "--undo is missing"),
    options.to !== undefined &&
      options.to !== move.to.deployment &&
      !move.to.commit?.startsWith(options.to) &&
      `it goes to ${move.to.deployment}`,
    options.downTo !== undefined && options.downTo !== open.database?.downTo && "its --down-to is another",
  ].find((one) => one !== false);
  if (wrong === undefined) return;
  throw new UsageError(
    `${file} tells of a ${move.type} that has not ended, and ${wrong}: end that one first, or give it up (--abandon)`,
  );
}

/** Carries a rollback on to its end. */
export async function goOn(work: Work, journal: Journal): Promise<Told> {
  const reached = await reach(work, journal, "application");
  if ("status" in reached) return reached;
  return ended(work, await withDatabase(work, reached));
}

/** Moves the domains, and waits until the site says so. */
export async function reach(
  work: Work,
  begun: Journal,
  which: "application" | "undo",
): Promise<Journal | Told> {
  let journal = begun;
  const save = (changes: Partial<Journal>) => {
    journal = { ...journal, ...changes };
    writeJournal(work.file, journal);
  };
  const move = journal[which];
  if (move === undefined || move.liveAt !== undefined) return journal;
  save({});
  work.say(`${move.type} of ${journal.service} to ${move.to.deployment} (${move.to.commit?.slice(0, 12)})`);
  const moved = await carryOut(move, {
    vercel: work.vercel,
    project: journal.project,
    pace: work.pace,
    reason: `readiness rollback: ${work.reason}`.slice(0, 200),
    save: (record) => save({ [which]: record }),
    now: () => new Date(),
  });
  if (moved.kind === "unknown") return telling(work, "unknown", moved.why, { journal });
  if (moved.kind === "failed") {
    save({ ended: { at: new Date().toISOString(), outcome: "failed", why: moved.why } });
    return telling(work, "failed", moved.why, { journal });
  }
  work.say(
    `Vercel says that its host names are moved; now ${work.pace.answers} answers in a row of ${work.health.href}`,
  );
  const live = await seenLive({
    url: work.health,
    commit: move.to.commit ?? "",
    pace: work.pace,
  });
  const liveAt = live.answers.at(-1)?.at;
  save({ answers: [...live.answers] });
  if (!live.live) {
    const reached = live.answers.some(({ status }) => status !== 0);
    const why = `Vercel has moved its host names, and the site does not show it: ${live.answers.at(-1)?.wrong}. Run this again, which goes on looking`;
    return telling(work, reached ? "failed" : "unknown", why, { journal });
  }
  save({ [which]: { ...moved.move, liveAt } });
  return journal;
}

export function databaseTask({ options, migrations }: Work): TakeBack | undefined {
  if (options.downTo === undefined) return undefined;
  const url = process.env["DATABASE_URL"];
  if (!url)
    throw new UsageError("DATABASE_URL is not in the environment: the database whose migrations go back");
  return { url, migrations, downTo: options.downTo, accepted: options.accept };
}

/** The code first: the release before lives with the schema after it, and not the other way round. */
export async function withDatabase(work: Work, begun: Journal): Promise<Journal> {
  let journal = begun;
  const task = databaseTask(work);
  if (!task || journal.database?.backAt !== undefined) return journal;
  const save = (database: NonNullable<Journal["database"]>) => {
    journal = { ...journal, database };
    writeJournal(work.file, journal);
  };
  const downs = [...(journal.database?.downs ?? [])];
  await takeBack(task, (name) => {
    work.say(`${name} is taken back`);
    downs.push(name);
    save({ downTo: task.downTo, downs });
  });
  save({ downTo: task.downTo, downs, backAt: new Date().toISOString() });
  return journal;
}

/** @param move the one that is measured */
export async function ended(work: Work, journal: Journal, move = lastMoveOf(journal)): Promise<Told> {
  const minutes = minutesOf(move) ?? Number.POSITIVE_INFINITY;
  const late = minutes >= work.limitMinutes;
  const took = `runs ${move.to.commit?.slice(0, 12)} (${move.to.deployment}): ${work.pace.answers} answers in a row say so, ${Math.ceil(minutes * 60)} s after the decision`;
  const why = late ? `${took}, which is not less than ${work.limitMinutes} minutes` : took;
  const outcome = late ? "late" : "back";
  const done: Journal = { ...journal, ended: { at: new Date().toISOString(), outcome, why } };
  writeJournal(work.file, done);
  return telling(work, outcome, why, { journal: done, leaves: await leavesOf(work, done) });
}

async function planned(work: Work, journal: Journal, downs: readonly string[]): Promise<Told> {
  const { type, to } = lastMoveOf(journal);
  const steps = [
    `${type} ${journal.service} from ${journal.from.deployment} (${journal.from.commit?.slice(0, 12) ?? "no commit"}) to ${to.deployment} (${to.commit?.slice(0, 12)})`,
    `wait for ${work.pace.answers} healthy answers in a row of ${work.health.href}`,
    ...downs.map((name) => `take back the migration ${name}`),
  ];
  return telling(work, "planned", `Would ${steps.join("; then ")}`, {
    journal,
    leaves: await leavesOf(work, journal),
  });
}

/** Gives up what did not end; what Vercel was asked for may still come to pass. */
export function abandon(work: Work): Told {
  const journal = readJournal(work.file);
  if (!journal || journal.ended) throw new UsageError("--abandon: there is no rollback that has not ended");
  const why = "given up; what Vercel was asked for may still come to pass: look at the project there";
  writeJournal(work.file, { ...journal, ended: { at: new Date().toISOString(), outcome: "abandoned", why } });
  return telling(work, "abandoned", why);
}
