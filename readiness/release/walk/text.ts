/** Where a release stands, for people. */
import { join } from "node:path";
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { releaseFolder } from "../../proofs/release-file.ts";
import { duration } from "../../terminal/duration.ts";
import { clean, hanging } from "../../terminal/layout.ts";
import { type Page, pageOf } from "../../terminal/page.ts";
import type { Clocked, Current } from "../log/current.ts";
import { argsOf, commandText } from "./commands.ts";
import { failedLive, type PhaseStanding, type Standing, type StepStanding } from "./standing.ts";

export interface Shown {
  readonly spec: StackSpec;
  readonly staging: string;
  /** Checked out. */
  readonly commit: string;
  readonly current: Current | undefined;
  readonly standing: Standing;
}

const marks = { done: "✓", failed: "✗", undetermined: "?", again: "↻", open: "▸", later: "·" } as const;
const colours = {
  done: "green",
  failed: "red",
  undetermined: "yellow",
  again: "yellow",
  open: "bold",
  later: "dim",
} as const;

export function standingText(shown: Shown, now: Date, page: Page = pageOf(process.stdout)): string {
  const { standing } = shown;
  const phases = standing.phases.filter(({ steps }) => steps.length > 0);
  return `${[
    ...hanging("", headOf(shown), page.width, (line) => page.paint("bold", line)),
    ...phases.flatMap((phase) => ["", ...phaseLines(phase, now, page)]),
    "",
    ...nextLines(shown, page),
  ].join("\n")}\n`;
}

function headOf({ spec, commit, current }: Shown): string {
  const of = `Release of ${spec.stack}`;
  const { closed } = current ?? {};
  if (!current || (closed && current.subject.commit !== commit)) {
    return `${of}, commit ${commit.slice(0, 12)}: not begun`;
  }
  const id = `${of}, ${current.id}`;
  return closed
    ? `${id}: ${closed.fact.outcome} at ${closed.at}. ${closed.fact.why}`
    : `${id}: at work since ${current.opened.at}, begun by ${current.opened.by}`;
}

function phaseLines({ phase, steps, clock }: PhaseStanding, now: Date, page: Page): readonly string[] {
  const done = steps.every(({ state }) => state === "done");
  const time = [budgetText(phase.budget), clockText(clock, now)].filter(Boolean).join("; ");
  const title = page.paint(done ? "green" : "bold", phase.title);
  return [time ? `${title}  ${time}` : title, ...steps.flatMap((step) => stepLines(step, page))];
}

export function budgetText(budget: PhaseStanding["phase"]["budget"]): string {
  if (!budget) return "";
  const { usual, most } = budget;
  return usual === most ? `${most} min at most` : `${usual} to ${most} min`;
}

function clockText(clock: Clocked | undefined, now: Date): string {
  if (!clock) return "";
  const time = duration(Date.parse(clock.to ?? now.toISOString()) - Date.parse(clock.from));
  return clock.to === undefined ? `${time} so far` : `took ${time}`;
}

function stepLines(standing: StepStanding, page: Page): readonly string[] {
  const { step, state, proof, at, why, signatures } = standing;
  const paint = (line: string) => page.paint(colours[state], line);
  const facts = [proof, at ?? ""].filter(Boolean).join(", ");
  const said = state === "done" && facts ? `${step.statement} (${facts})` : step.statement;
  const signs = signatures.map(
    ({ item, role, people }) => `${item} ${role} (${people.join(", ") || "nobody"})`,
  );
  return [
    ...hanging(`  ${marks[state]} `, said, page.width, (line) => line, paint),
    ...(signs.length > 0 ? hanging("      signs: ", signs.join("; "), page.width) : []),
    ...shortened(
      why.filter((line) => !signs.some((sign) => line.startsWith(sign.split(" ")[0] ?? ""))),
    ).flatMap((line) => hanging("      ", line, page.width, paint)),
  ];
}

const mostLines = 12;

function shortened(lines: readonly string[]): readonly string[] {
  const more = lines.length - mostLines;
  return more > 0 ? [...lines.slice(0, mostLines), `and ${more} more`] : lines;
}

function nextLines({ spec, staging, commit, current, standing }: Shown, page: Page): readonly string[] {
  const { next } = standing;
  const run = `npm run release -- --stack ${spec.stack}`;
  if (current?.closed && !next) return ["Nothing is left to do."];
  if (!next) return [`Next: close it.`, `  ${run} --run`];
  const head = hanging("Next: ", next.step.statement, page.width, (line) => page.paint("bold", line));
  const indented = (commands: readonly string[]) => commands.map((command) => `  ${clean(command)}`);
  if (failedLive(next)) {
    return [
      ...hanging(
        "",
        "What customers have now has failed. Take it back, or say why it is tried again:",
        page.width,
      ),
      ...indented([`${run} --rollback`, `${run} --run --again "REASON"`]),
    ];
  }
  if (next.step.kind !== "command") return [...head, ...indented([...next.commands, `${run} --run`])];
  const subject = current?.subject ?? { commit, committedAt: "", services: {} };
  const args = argsOf(next.step, {
    ...{ stack: spec.stack, staging, subject, yes: false },
    folder: join(releaseFolder(spec.stack), current?.id ?? "RELEASE", next.step.id),
  });
  return [
    ...head,
    ...indented([`${run} --run`]),
    ...hanging("", `It carries out: ${commandText(args)}`, page.width),
  ];
}

/** One step, as it is begun. */
export function stepText(
  { id, statement }: Pick<StepStanding["step"], "id" | "statement">,
  command: readonly string[],
): string {
  const page = pageOf(process.stdout);
  return `\n${page.paint("bold", `${id}: ${statement}`)}\n${commandText(command)}\n\n`;
}
