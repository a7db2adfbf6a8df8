/** `rollback`: takes a release back, and ends when the site itself says so. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { recoveryLevels } from "../../model/service-levels/recovery.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { ask, type Situation } from "../pulumi/approval.ts";
import { alone } from "../terminal/lock.ts";
import { Unanswered } from "./application/vercel.ts";
import { judgeMigrations } from "./database/migrations.ts";
import { DatabaseFailed } from "./database/take-back.ts";
import { bringInfrastructure } from "./infrastructure.ts";
import type { RollbackOptions } from "./options.ts";
import { type Pace, usualPace } from "./pace.ts";
import { practised } from "./practise.ts";
import { Refused } from "./refused.ts";
import { statusOf, type Told, telling, toJson, toText } from "./report.ts";
import { abandon, begin, goOn, type Work } from "./steps.ts";
import { targetsOf } from "./target.ts";
import { decide } from "./verdict.ts";

/**
 * @returns 0 where the site is back in time, 1 where it is not or nothing could be done, 3 where that is not known
 * @throws UsageError
 */
export async function rollback(
  options: RollbackOptions,
  projectDir: string,
  pace: Pace = usualPace,
): Promise<number> {
  const folder = options.migrations ?? join(projectDir, "examples/app/db/migrations");
  if (options.checkMigrations) return checkMigrations(folder);
  const decision = decide(options.verified);
  if (decision.kind === "stay") {
    process.stdout.write(`– Nothing is taken back: ${decision.why}\n`);
    return decision.status;
  }
  if (!options.app && options.infrastructure === undefined) {
    throw new UsageError(
      "--no-app leaves nothing to take back but the stack: --infrastructure names its commit",
    );
  }
  if (!options.app) return bringInfrastructure(options.infrastructure ?? "", options, projectDir);
  const targets = targetsOf(options, projectDir, pace);
  const [{ spec }] = targets;
  if (options.practise && spec.tier === "production") {
    throw new UsageError(
      "--practise is for staging: what production has to rehearse is told by its own rollbacks",
    );
  }
  if (options.practise && options.downTo === undefined) {
    throw new UsageError("--practise needs --down-to: half of what INC-01 asks for is the database");
  }
  const { rollbackMinutes } = recoveryLevels[spec.tier];
  const told: Told[] = [];
  // One after the other: the first that cannot be taken back may say something of the next.
  for (const target of targets) {
    const own = { options, migrations: folder, reason: decision.why, limitMinutes: rollbackMinutes, say };
    told.push(await ofService({ ...target, ...own }, projectDir));
  }
  process.stdout.write(options.format === "json" ? toJson(told) : told.map(toText).join(""));
  const status = statusOf(told);
  if (options.infrastructure === undefined || status !== exitStatus.go) return status;
  return bringInfrastructure(options.infrastructure, options, projectDir);
}

async function ofService(work: Work, projectDir: string): Promise<Told> {
  mkdirSync(dirname(work.file), { recursive: true });
  return alone(work.file, "rollback", async () =>
    work.options.abandon ? abandon(work) : carriedOut(work, projectDir),
  );
}

async function carriedOut(work: Work, projectDir: string): Promise<Told> {
  try {
    const begun = await begin(work);
    if ("status" in begun) return begun;
    if (!(await agreed(work, begun.isNew))) return telling(work, "refused", "Nothing was changed");
    return work.options.practise
      ? await practised(work, begun.journal, projectDir)
      : await goOn(work, begun.journal);
  } catch (error) {
    if (error instanceof Unanswered) {
      return telling(work, "unknown", `${error.message}: run this again, which looks before it asks`);
    }
    if (error instanceof Refused) return telling(work, "refused", error.message);
    if (error instanceof DatabaseFailed) return telling(work, "failed", error.message);
    throw error;
  }
}

/** One that goes on was agreed to when it began. */
async function agreed({ options, spec }: Work, isNew: boolean): Promise<boolean> {
  const situation: Situation = {
    stack: spec.stack,
    tier: spec.tier,
    terminal: process.stdin.isTTY === true,
    ci: process.env["CI"] === "true",
  };
  if (options.yes || !isNew) return true;
  if (!situation.terminal) throw new UsageError("there is nobody to ask: say --yes in advance");
  return ask("change production's deployment of", situation);
}

/** Standard output is for what is found; where a machine reads it, what goes on is for people beside it. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const marks = { reversible: "✓", discards: "–", contract: "✗", "one-way": "✗", unclear: "?" } as const;

async function checkMigrations(folder: string): Promise<number> {
  if (!existsSync(folder)) throw new UsageError(`--migrations ${folder}: there is no such folder`);
  const judged = await judgeMigrations(folder);
  for (const { name, way, why } of judged) process.stdout.write(`${marks[way]} ${name}  ${way}: ${why}\n`);
  if (judged.length === 0) throw new UsageError(`--migrations ${folder}: there is none`);
  return judged.some(({ way }) => way === "contract" || way === "one-way" || way === "unclear")
    ? exitStatus.noGo
    : exitStatus.go;
}
