/** `verify-monitors`: each declared monitor, asked of Datadog itself. */
import { monitor } from "../../policies/declared/monitoring.ts";
import { exitStatus } from "../exit-status.ts";
import { declaredStack } from "../inputs/declared-stack.ts";
import { jsonText } from "../terminal/json-text.ts";
import { assertOutput, writeWhole } from "../terminal/out-file.ts";
import { pageOf } from "../terminal/page.ts";
import { clearProgress, showProgress } from "../terminal/progress.ts";
import { Data } from "./data.ts";
import { Datadog } from "./datadog.ts";
import { type Subject, type VerifyReport, worst } from "./finding.ts";
import { verifyIndexes, verifyLogs } from "./logs.ts";
import { verifyMonitor } from "./monitors.ts";
import { verifyText } from "./text.ts";

export interface VerifyOptions {
  readonly stack: string;
  readonly format: "text" | "json";
  /** File for the report; standard output where absent. */
  readonly out?: string;
}

export const verifySchemaVersion = "1.0";

/** Monitors that are asked about at a time. */
const together = 4;

/**
 * @param projectDir folder of `Pulumi.yaml`
 * @returns the exit status: 0 where each is taken and has its data; 1 where one is refused or cannot fire; 3 where
 * something could not be found out
 * @throws UsageError where keys are missing or not accepted; ConfigError, ProgramError where the stack cannot be used
 */
export async function verifyMonitors(options: VerifyOptions, projectDir: string): Promise<number> {
  const { out, format } = options;
  if (out !== undefined) assertOutput(out);
  const { spec, stack } = await declaredStack(projectDir, options.stack);
  const datadog = new Datadog(process.env, spec.monitoring.site);
  const now = Date.now();
  const data = new Data(datadog, Math.floor(now / 1000));
  const monitors = stack.ofType(monitor);
  const subjects: Subject[] = [];
  try {
    // Before the monitors: whatever arrives at all tells what has only not happened yet.
    subjects.push(...(await verifyIndexes(stack, datadog)), ...(await verifyLogs(stack, data)));
    await inGroups(monitors, "the data of monitor", ({ props }) => data.prepare(props));
    subjects.push(...(await inGroups(monitors, "monitor", (one) => verifyMonitor(one, spec, datadog, data))));
  } finally {
    clearProgress();
  }
  const report: VerifyReport = { stack: options.stack, at: new Date(now).toISOString(), subjects };
  const page = pageOf(out === undefined ? process.stdout : undefined);
  const text =
    format === "json"
      ? jsonText({ schemaVersion: verifySchemaVersion, ...report })
      : verifyText(report, page);
  if (out === undefined) process.stdout.write(text);
  else writeWhole(out, text);
  const outcome = worst(subjects.flatMap(({ findings }) => findings));
  return { pass: exitStatus.go, fail: exitStatus.noGo, unknown: exitStatus.undetermined }[outcome];
}

async function inGroups<T, R>(all: readonly T[], what: string, ask: (one: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let i = 0; i < all.length; i += together) {
    showProgress(`${what} ${i + 1} of ${all.length}`);
    answers.push(...(await Promise.all(all.slice(i, i + together).map(ask))));
  }
  return answers;
}
