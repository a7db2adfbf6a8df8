/** The commands that a release is made of. */
import type { CommandStep } from "../../../model/release/phases.ts";
import type { Subject } from "../log/entry.ts";

/** What commands are told of a release. */
export interface Released {
  readonly stack: string;
  readonly staging: string;
  readonly subject: Subject;
  /** Somebody has agreed in advance. */
  readonly yes: boolean;
}

/** Seconds that a site may take to come up after an update. */
const comesUpSeconds = "300";

export function argsOf(step: CommandStep, { stack, staging, subject, yes }: Released): readonly string[] {
  const of = ["--stack", step.stack === "own" ? stack : staging];
  if (step.command === "up") return ["up", ...of, "--commit", subject.commit, ...(yes ? ["--yes"] : [])];
  const [service, ...others] = Object.values(subject.services);
  return [
    "verify",
    ...of,
    ...["--phase", step.phase ?? "smoke"],
    // Of several services each runs a commit of its own.
    ...(service && others.length === 0 ? ["--commit", service.commit] : []),
    ...(step.phase === "smoke" ? ["--wait-seconds", comesUpSeconds] : []),
  ];
}

export function rollbackArgs({ stack, yes }: Released, others: readonly string[]): readonly string[] {
  return ["rollback", "--stack", stack, ...(yes ? ["--yes"] : []), ...others];
}

/** As people type it. */
export function commandText([name, ...args]: readonly string[]): string {
  return ["npm run", name, "--", ...args].join(" ");
}
