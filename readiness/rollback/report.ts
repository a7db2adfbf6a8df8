/** What a rollback says at its end. */
import { clean } from "../terminal/layout.ts";
import { type Journal, lastMoveOf, type MoveRecord } from "./journal.ts";

export interface Told {
  readonly status: number;
  readonly outcome: "back" | "late" | "failed" | "refused" | "unknown" | "planned" | "stayed";
  readonly why: string;
  readonly limitMinutes: number;
  readonly journal?: Journal;
  /** What it leaves, and what to do about it. */
  readonly leaves: readonly string[];
}

export function minutesOf(move: MoveRecord): number | undefined {
  return move.liveAt === undefined
    ? undefined
    : (Date.parse(move.liveAt) - Date.parse(move.decidedAt)) / 60_000;
}

export function toJson({ status, outcome, why, limitMinutes, journal, leaves }: Told): string {
  const move = journal && lastMoveOf(journal);
  const report = {
    schemaVersion: "1.0",
    status,
    outcome,
    why,
    limitMinutes,
    minutes: move ? (minutesOf(move) ?? null) : null,
    from: journal?.from ?? null,
    to: move?.to ?? null,
    database: journal?.database ?? null,
    answers: journal?.answers ?? [],
    leaves,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

const marks = {
  back: "✓",
  late: "✗",
  failed: "✗",
  refused: "✗",
  unknown: "?",
  planned: "–",
  stayed: "–",
} as const;

export function toText({ outcome, why, journal, leaves }: Told): string {
  const answers = (journal?.answers ?? []).slice(-3);
  return [
    `${marks[outcome]} ${clean(why)}`,
    ...(outcome === "failed" || outcome === "unknown"
      ? answers.map(
          ({ at, wrong, commit }) => `  ${at}  ${clean(wrong ?? `healthy, runs ${commit?.slice(0, 12)}`)}`,
        )
      : []),
    ...(leaves.length > 0 ? ["", "What stays as it is:", ...leaves.map((line) => `- ${clean(line)}`)] : []),
    "",
  ].join("\n");
}
