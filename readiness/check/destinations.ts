/** Which reports to write where. */
import { UsageError } from "../errors.ts";
import { type ReportFormat, reportFormats } from "../render/formats.ts";
import { fileBehind } from "../terminal/out-file.ts";

/** What is no report: the stack itself, for tools of others. */
export const planFormat = "terraform-plan";
export type OutputFormat = ReportFormat | typeof planFormat;
export const outputFormats: readonly OutputFormat[] = [...reportFormats, planFormat];

/** One `--format` or `--out` of the command line. */
export type OutputOption = { readonly format: OutputFormat } | { readonly out: string };

/** A report to write. */
export interface Destination {
  readonly format: OutputFormat;
  /** Its file; standard output where absent. */
  readonly out: string | undefined;
}

/**
 * Pairs the options in the order in which they stand, whichever of a pair comes first. A format without a file
 * goes to standard output, a file without a format gets text, and without any option there is text.
 * @throws UsageError where two reports have one destination
 */
export function pairOutputs(options: readonly OutputOption[]): readonly Destination[] {
  const pairs: { format?: OutputFormat; out?: string }[] = [];
  for (const option of options) {
    const last = pairs.at(-1);
    const kind = "format" in option ? "format" : "out";
    if (last && !(kind in last)) Object.assign(last, option);
    else pairs.push({ ...option });
  }
  const outputs = pairs.length > 0 ? pairs : [{}];
  const places = outputs.map(({ out }) => out && fileBehind(out));
  const twin = outputs.find((_, i) => places.indexOf(places[i]) < i);
  if (twin) {
    const place = twin.out === undefined ? "standard output: give each --format its --out" : twin.out;
    throw new UsageError(`two reports cannot both go to ${place}`);
  }
  return outputs.map(({ format = "text", out }) => ({ format, out }));
}
