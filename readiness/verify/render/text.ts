/** The report for people: what is wrong first, then what nobody knows; what was not asked in one line. */
import { clean, hanging } from "../../terminal/layout.ts";
import type { Page } from "../../terminal/page.ts";
import type { Check, Outcome } from "../check.ts";
import type { VerifyReport } from "../report.ts";

const marks: Readonly<Record<Outcome, string>> = { pass: "✓", fail: "✗", unknown: "?", "not asked": "–" };
const colours = { pass: "green", fail: "red", unknown: "yellow", "not asked": "dim" } as const;
const order: readonly Outcome[] = ["pass", "not asked", "unknown", "fail"];

export function renderText(report: VerifyReport, { width, paint }: Page): string {
  const { checks, phase, url, verdict } = report;
  const sorted = order.flatMap((outcome) => checks.filter((check) => check.outcome === outcome));
  const lines = sorted.flatMap(({ outcome, check, subject, said }) =>
    hanging(
      `${marks[outcome]} `,
      `${check}  ${subject}  ${said}`,
      width,
      (line) => line,
      (lead) => paint(colours[outcome], lead),
    ),
  );
  const seconds = (Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 1000;
  const ran = report.commit.seen ? `, commit ${clean(report.commit.seen).slice(0, 12)}` : "";
  const said = { pass: "verified", fail: "not as it must be", unknown: "not proven" }[verdict];
  const counts = order
    .toReversed()
    .map((outcome) => count(checks, outcome))
    .filter((text) => text !== "");
  const colour = { pass: "green", fail: "red", unknown: "yellow" } as const;
  return [
    ...lines,
    "",
    ...hanging(
      "",
      `${paint("bold", paint(colour[verdict], said))}: ${clean(url)}${ran}, ${phase}, in ${seconds.toFixed(1)} s: ${counts.join(", ")}`,
      10_000,
    ),
    "",
  ].join("\n");
}

function count(checks: readonly Check[], outcome: Outcome): string {
  const number = checks.filter((check) => check.outcome === outcome).length;
  const words = { pass: "passed", fail: "failed", unknown: "unknown", "not asked": "not asked" };
  return number === 0 ? "" : `${number} ${words[outcome]}`;
}
