/** The commands that a release is made of. */
import type { CommandStep } from "../../../model/release/phases.ts";
import { UsageError } from "../../errors.ts";
import type { Subject } from "../log/entry.ts";

/** What commands are told of a release. */
export interface Released {
  readonly stack: string;
  readonly staging: string;
  readonly subject: Subject;
  /** Where a watch keeps what it has seen, relative to the project. */
  readonly folder: string;
  /** Somebody has agreed in advance. */
  readonly yes: boolean;
}

/** Seconds that a site may take to come up after an update. */
const comesUpSeconds = "300";

export function argsOf(
  step: CommandStep,
  { stack, staging, subject, folder, yes }: Released,
): readonly string[] {
  const of = ["--stack", step.stack === "own" ? stack : staging];
  if (step.command === "up") return ["up", ...of, "--commit", subject.commit, ...(yes ? ["--yes"] : [])];
  const [service, ...others] = Object.values(subject.services);
  return [
    "verify",
    ...of,
    ...["--phase", step.phase ?? "smoke"],
    // Of several services each runs a commit of its own.
    ...(service && others.length === 0 ? ["--commit", service.commit] : []),
    ...(step.phase === "smoke" ? ["--wait-seconds", comesUpSeconds] : ["--folder", folder]),
  ];
}

/** What may be told to a rollback that ends a release: where to go. */
const ofRollback = /^--(service|to|url|migrations|down-to|accept)(=|$)/;

/** @throws UsageError for an option with which it would do something else than go back */
export function rollbackWords(stack: string, others: readonly string[]): readonly string[] {
  const stray = others.find((word) => word.startsWith("-") && !ofRollback.test(word));
  if (stray === undefined) return others;
  throw new UsageError(`${stray} is no part of a release: npm run rollback -- --stack ${stack} ${stray}`);
}

/** As people type it. */
export function commandText([name, ...args]: readonly string[]): string {
  return ["npm run", name, "--", ...args].join(" ");
}
