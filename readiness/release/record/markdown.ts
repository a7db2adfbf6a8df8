/** A release's record, for people. */

import { duration } from "../../terminal/duration.ts";
import { deliveryText } from "./delivery-text.ts";
import type { RecordedPhase, RecordedStep, ReleaseRecord } from "./record.ts";

export function markdownOf(record: ReleaseRecord): string {
  const { stack, release, verdict, why, opened, closed, people, released, staging, evidence, log } = record;
  const facts: readonly (readonly [string, string])[] = [
    ["Verdict", [verdict, why ?? ""].filter(Boolean).join(". ")],
    ["Begun", `${opened.at} by ${opened.by}`],
    ["Closed", closed ? `${closed.at} by ${closed.by}` : "not yet"],
    ["People", people.join("; ")],
    ["Infrastructure", `${released.commit}, of ${released.committedAt}`],
    ...Object.entries(released.services).map(
      ([name, { commit, committedAt }]) =>
        [name, committedAt === null ? commit : `${commit}, of ${committedAt}`] as const,
    ),
    ["Tried on", staging],
    ["Rollback", rollbackText(record)],
    ["Deliveries", deliveryText(record.delivery)],
    ["Log", `entries ${log.from} to ${log.to}, head ${log.head}`],
  ];
  return `${[
    `# Release of ${stack}, ${release}`,
    table(["", ""], facts),
    ...record.phases.map(phaseText),
    "## When something said no",
    record.refusals.length === 0
      ? "Never."
      : table(
          ["when", "step", "why"],
          record.refusals.map(({ at, step, why: reasons }) => [at, step, reasons.join(" ")]),
        ),
    "## Evidence",
    evidence.length === 0
      ? "None was handed in."
      : table(
          ["file", "SHA-256"],
          evidence.map(({ path, sha256 }) => [`\`${path}\``, `\`${sha256}\``]),
        ),
  ].join("\n\n")}\n`;
}

function rollbackText({ rollback }: ReleaseRecord): string {
  if (!rollback) return "none";
  if (rollback.status !== 0) return `begun at ${rollback.from}, and not done`;
  return `done at ${rollback.to}, ${timeText(rollback.seconds, rollback.withinBudget)}`;
}

function phaseText({ title, budgetMinutes, seconds, withinBudget, steps }: RecordedPhase): string {
  const budget = budgetMinutes ? `${budgetMinutes.most} min at most` : "no limit";
  const time = seconds === null ? "" : `; ${timeText(seconds, withinBudget)}`;
  return `## ${title} (${budget}${time})\n\n${table(["", "step", "proof", "when", "who"], steps.map(stepRow))}`;
}

function timeText(seconds: number | null, within: boolean | null): string {
  const took = `took ${duration((seconds ?? 0) * 1000)}`;
  return within === false ? `${took}, which is too long` : took;
}

function stepRow({ done, statement, at, by, attempts, proof }: RecordedStep): readonly string[] {
  const again = attempts > 1 ? ` (${attempts} attempts)` : "";
  return [done ? "✓" : "–", `${statement}${again}`, proof ?? "", at ?? "", by ?? ""];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

function cell(text: string): string {
  return text
    .replaceAll(/[\r\n]+/g, " ")
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;");
}
