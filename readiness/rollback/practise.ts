/** A rollback that is tried: there and back again on staging, and the record that INC-01 asks for. */
import { relative, resolve } from "node:path";
import { stringify } from "yaml";
import { writeWhole } from "../terminal/out-file.ts";
import { bringForth } from "./database/take-back.ts";
import { type Journal, writeJournal } from "./journal.ts";
import { minutesOf, type Told } from "./report.ts";
import { databaseTask, ended, newMove, reach, type Work, withDatabase } from "./steps.ts";

export async function practised(work: Work, begun: Journal, projectDir: string): Promise<Told> {
  const back = await reach(work, begun, "application");
  if ("status" in back) return back;
  const { application, from, answers } = back;
  const tried = await withDatabase(work, back);
  const record = work.file.replace(/\.json$/, `.${application.decidedAt.replaceAll(/[:.]/g, "-")}.yaml`);
  if (tried.undo === undefined) {
    writeWhole(record, stringify(recordOf(tried, answers)), "record");
    work.say(`Back after ${Math.ceil((minutesOf(application) ?? 0) * 60)} s; now forward again`);
  }
  const restored = await forth(work, tried);
  const target = { deployment: from.deployment, commit: from.commit };
  const undo = restored.undo ?? newMove("promote", target, new Date().toISOString());
  const forward = await reach(work, { ...restored, undo }, "undo");
  if ("status" in forward) return forward;
  const told = await ended(work, forward, forward.application);
  handIn(work, record, projectDir);
  return told;
}

/** Staging's database as it was before. */
async function forth(work: Work, journal: Journal): Promise<Journal> {
  const { database } = journal;
  const task = databaseTask(work);
  if (!task || !database || database.forthAt !== undefined) return journal;
  await bringForth(task, database.downs, (name) => work.say(`${name} is applied again`));
  const done = { ...journal, database: { ...database, forthAt: new Date().toISOString() } };
  writeJournal(work.file, done);
  return done;
}

function recordOf({ from, application, database, site }: Journal, answers: Journal["answers"]) {
  return {
    from: from.commit,
    to: application.to.commit,
    decidedAt: application.decidedAt,
    applicationBackAt: application.liveAt,
    databaseBackAt: database?.backAt,
    migrations: database?.downs,
    site,
    answers: answers.map(({ at, status, commit }) => ({ at, status, commit })),
  };
}

function handIn({ service, say }: Work, file: string, projectDir: string): void {
  const path = relative(projectDir, resolve(file));
  say(
    `The record is ${path}: npm run evidence -- collect --item INC-01 --service ${service.name} --source ../${service.name} --sign KEY --environment staging --format rollback-test ${path}`,
  );
}
