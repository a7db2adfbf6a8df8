/** `import`: what accounts of PagerDuty and Datadog hold, as a state that the other commands take. */
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { jsonText } from "../terminal/json-text.ts";
import { assertOutput, writeWhole } from "../terminal/out-file.ts";
import { clearProgress, showProgress } from "../terminal/progress.ts";
import { accessTo, type Vendor } from "../vendors/access.ts";
import { readDatadog } from "./datadog.ts";
import { readPagerDuty } from "./pagerduty.ts";
import { Reader } from "./read.ts";
import type { Imported } from "./shape.ts";
import { stateOf } from "./state.ts";

export interface ImportOptions {
  readonly pagerduty: boolean;
  readonly datadog: boolean;
  /** File of the state; standard output where absent. */
  readonly out?: string;
  /** Name of the stack that the state says it is of. */
  readonly stack: string;
}

/** Datadog's first site, unless the environment names another. */
const usualSite = "datadoghq.com";

/**
 * @param pause how to wait, in seconds
 * @returns 0; what could be read in part alone is not written
 * @throws UsageError where a key is missing, or a vendor refuses
 */
export async function importAccounts(
  { pagerduty, datadog, out, stack }: ImportOptions,
  env: NodeJS.ProcessEnv,
  now: Date,
  pause?: (seconds: number) => Promise<unknown>,
): Promise<number> {
  if (!pagerduty && !datadog) throw new UsageError("name what to read: --pagerduty, --datadog or both");
  if (!/^[\w.-]+$/.test(stack)) {
    throw new UsageError(
      `--stack ${stack} is no name of a stack, must be of letters, digits, dots and dashes`,
    );
  }
  if (out !== undefined) assertOutput(out);
  const site = env["DD_SITE"] || usualSite;
  if (!/^[a-z\d.-]+$/.test(site))
    throw new UsageError("DD_SITE is no site, must be one such as datadoghq.eu");
  const readerOf = (vendor: Vendor) =>
    new Reader(accessTo(vendor, { monitoring: { site }, vercel: { teamId: "" } }, {}, env), pause);
  // What is missing is told before anything is read.
  const readers = {
    pagerduty: pagerduty ? readerOf("pagerduty") : undefined,
    datadog: datadog ? readerOf("datadog") : undefined,
  };
  const imported: Imported[] = [];
  try {
    if (readers.pagerduty) {
      showProgress("Reading PagerDuty");
      imported.push(...(await readPagerDuty(readers.pagerduty, now)));
    }
    if (readers.datadog) {
      showProgress("Reading Datadog");
      imported.push(...(await readDatadog(readers.datadog)));
    }
  } finally {
    clearProgress();
  }
  const text = jsonText(stateOf(imported, stack, now));
  if (out === undefined) process.stdout.write(text);
  else {
    writeWhole(out, text);
    process.stdout.write(
      `${out}: ${counted(imported)}\nnpm run check -- --state ${out} --judge existing judges it.\n`,
    );
  }
  return exitStatus.go;
}

function counted(imported: readonly Imported[]): string {
  const byType = Map.groupBy(imported, ({ type }) => type.split(":").at(-1) ?? type);
  const parts = [...byType].map(([type, { length }]) => `${length} ${type}`);
  return parts.length > 0 ? parts.join(", ") : "nothing; the accounts have none of what is read";
}
