/** What a rollback says at its end. */
import { exitStatus } from "../exit-status.ts";
import { clean } from "../terminal/layout.ts";
import { type Journal, lastMoveOf, type MoveRecord } from "./journal.ts";

export interface Told {
  readonly service: string;
  readonly status: number;
  readonly outcome: "back" | "late" | "failed" | "refused" | "unknown" | "planned" | "abandoned";
  readonly why: string;
  readonly limitMinutes: number;
  readonly journal?: Journal;
  /** What it leaves, and what to do about it. */
  readonly leaves: readonly string[];
}

const statuses = {
  back: exitStatus.go,
  planned: exitStatus.go,
  abandoned: exitStatus.go,
  late: exitStatus.noGo,
  failed: exitStatus.noGo,
  refused: exitStatus.noGo,
  unknown: exitStatus.undetermined,
} as const;

export function telling(
  { service, limitMinutes }: { readonly service: { readonly name: string }; readonly limitMinutes: number },
  outcome: Told["outcome"],
  why: string,
  more: { readonly journal?: Journal; readonly leaves?: readonly string[] } = {},
): Told {
  return {
    service: service.name,
    status: statuses[outcome],
    outcome,
    why,
    limitMinutes,
    leaves: [],
    ...more,
  };
}

export function minutesOf(move: MoveRecord): number | undefined {
  return move.liveAt === undefined
    ? undefined
    : (Date.parse(move.liveAt) - Date.parse(move.decidedAt)) / 60_000;
}

/** What is not known weighs most: nobody may take it for done. */
export function statusOf(told: readonly Told[]): number {
  return Math.max(...told.map(({ status }) => status));
}

export function toJson(told: readonly Told[]): string {
  const report = { schemaVersion: "1.0", status: statusOf(told), services: told.map(oneOf) };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function oneOf({ journal, ...rest }: Told): object {
  const move = journal && lastMoveOf(journal);
  return {
    ...rest,
    minutes: move ? (minutesOf(move) ?? null) : null,
    from: journal?.from ?? null,
    to: move?.to ?? null,
    database: journal?.database ?? null,
    answers: journal?.answers ?? [],
  };
}

const marks = {
  back: "✓",
  late: "✗",
  failed: "✗",
  refused: "✗",
  unknown: "?",
  planned: "–",
  abandoned: "–",
} as const;

export function toText({ service, outcome, why, journal, leaves }: Told): string {
  const answers = (journal?.answers ?? []).slice(-3);
  return [
    `${marks[outcome]} ${service}: ${clean(why)}`,
    ...(outcome === "failed" || outcome === "unknown"
      ? answers.map(
          ({ at, wrong, commit }) => `  ${at}  ${clean(wrong ?? `healthy, runs ${commit?.slice(0, 12)}`)}`,
        )
      : []),
    ...(leaves.length > 0 ? ["", "What stays as it is:", ...leaves.map((line) => `- ${clean(line)}`)] : []),
    "",
  ].join("\n");
}
