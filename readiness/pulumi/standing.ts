/** The readiness verdict, as it stands beside a plan. */
import { styleText } from "node:util";
import type { Purpose } from "../../model/checklist/checklist.ts";
import { assess } from "../assess.ts";
import { currentCommit } from "../inputs/commit.ts";
import { summary } from "../render/summary.ts";
import { waiverLine } from "../render/waived.ts";
import type { StackReport } from "../report.ts";
import { clean } from "../terminal/layout.ts";
import { plainVerdict } from "../verdict.ts";

/** Computes the verdict of a stack offline. */
export function assessOffline(projectDir: string, stack: string, purpose: Purpose): Promise<StackReport> {
  return assess(projectDir, stack, currentCommit(projectDir), purpose);
}

/** Prints the verdict, why it is so, what is waived, what is warned of, and where to read more. */
export function printStanding(report: StackReport): void {
  const colour = { GO: "green", CONDITIONAL: "yellow", "NO-GO": "red", UNDETERMINED: "yellow" } as const;
  const head = `Readiness of ${summary(report)}`;
  const lines = [
    styleText(["bold", colour[plainVerdict(report.verdict)]], head, { stream: process.stdout }),
    ...report.reasons,
    ...report.waivers.map(waiverLine),
    ...report.warnings.map(clean),
    ...(report.verdict === "GO" ? [] : [`npm run check -- --stack ${report.stack} says what to change.`]),
  ];
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
}
