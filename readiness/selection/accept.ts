/** `check --accept`: writes what is open now into the baseline. */
import { UsageError } from "../errors.ts";
import type { Asked } from "./asked.ts";
import { accepting, type Terms } from "./baseline.ts";
import { readBaseline, writeBaseline } from "./baseline-file.ts";

/** Of a stack's report what is accepted. */
interface Reported {
  readonly stack: string;
  readonly findings: Parameters<typeof accepting>[0];
}

/**
 * Entries of other stacks, and of rules that were not asked, stay as they are.
 * @param reports of what is asked, as if there were no baseline
 * @returns what is asked, with that baseline
 * @throws UsageError where a stack could not be evaluated, of which nothing could be accepted
 */
export function accept(
  reports: readonly (Reported | { readonly error: Error })[],
  asked: Asked,
  terms: Terms,
): Asked {
  const { baseline } = asked;
  if (!baseline) throw new UsageError("--accept writes a baseline: name its file with --baseline");
  const made = reports.map((report) => {
    if ("error" in report) throw report.error;
    return report;
  });
  const about = new Map(made.map(({ stack, findings }) => [stack, new Set(findings.map(({ by }) => by))]));
  const others = baseline.entries.filter(({ stack, rule }) => !about.get(stack)?.has(rule));
  const entries = made.flatMap(({ stack, findings }) => accepting(findings, stack, baseline.entries, terms));
  writeBaseline(baseline.file, [...others, ...entries]);
  return { ...asked, baseline: readBaseline(baseline.file) };
}
