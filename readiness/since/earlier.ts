/** A report that `check --format json` wrote before, read as the foreign file that it is. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { UsageError } from "../errors.ts";
import { JsonError, parseJson } from "../foreign-json.ts";

const text = z.string().min(1);
const outcome = z.enum(["pass", "fail", "unknown", "not-applicable", "error"]);

/** What a comparison reads; reports of any 2.x have it. */
const stack = z.object({
  stack: text,
  purpose: z.enum(["change", "release", "update"]),
  source: z.object({ kind: z.enum(["program", "state"]) }),
  commit: z.object({ id: z.string().nullable() }),
  verdict: z.enum([
    "GO",
    "CONDITIONAL",
    "NO-GO",
    "UNDETERMINED",
    "GO of what was asked",
    "CONDITIONAL of what was asked",
  ]),
  /** From 2.7 on. */
  selection: z
    .object({
      judge: z.string(),
      sections: z.array(z.string()).readonly(),
      rules: z.array(z.string()).readonly(),
      minSeverity: z.string(),
    })
    .nullish(),
  checklist: z.array(
    z.object({
      id: text,
      statement: text,
      standing: z.enum(["proven", "failing", "unproven", "undecided", "waived", "not-applicable"]),
    }),
  ),
  /** From 2.2 on. */
  quietness: z
    .object({
      alerts: z.array(
        z.object({ alert: text, severity: z.string().nullable(), pagesAWeek: z.number().nullable() }),
      ),
    })
    .optional(),
  findings: z.array(
    z.object({
      item: text,
      kind: z.enum(["policy", "evidence", "probe", "sign-off"]),
      by: text,
      outcome,
      urn: z.string().nullable(),
    }),
  ),
});
const report = z.object({
  stacks: z.array(stack),
  notEvaluated: z.array(z.object({ stack: text, reason: text })),
});

export type EarlierStack = z.infer<typeof stack>;

export interface Earlier extends z.infer<typeof report> {
  /** As it was given. */
  readonly file: string;
}

/** @throws UsageError where the file cannot be read, is no report, or one of another major version */
export function readEarlier(file: string): Earlier {
  const document = readJson(file);
  const { schemaVersion: version } = Object(document);
  const is = (isReport: boolean, what: string) => {
    if (!isReport) throw refused(file, what);
  };
  is(typeof version === "string" && /^\d+\.\d+$/.test(version), "is no report");
  is(/^2\./.test(version), `is a report of schema ${version}, and one of 2.x can be compared`);
  const { data, error } = report.safeParse(document);
  if (data) return { file, ...data };
  throw refused(file, `is no whole report: ${error.issues[0]?.path.join(".")} is not as it should be`);
}

/**
 * The part on one stack.
 * @throws UsageError where there is none
 */
export function earlierStack({ file, stacks, notEvaluated }: Earlier, name: string): EarlierStack {
  const found = stacks.find(({ stack }) => stack === name);
  if (found) return found;
  if (notEvaluated.some(({ stack }) => stack === name)) {
    throw new UsageError(
      `--since ${file}: ${name} could not be evaluated then, so there is nothing to compare`,
    );
  }
  const names = stacks.map(({ stack }) => stack).join(", ") || "none";
  throw new UsageError(`--since ${file} tells nothing of stack ${name}: its stacks are ${names}`);
}

/**
 * What nobody asked the one report about would look as if it had come or gone.
 * @throws UsageError where the two were asked different things
 */
export function assertSameQuestion(
  file: string,
  { selection: before }: EarlierStack,
  { selection: now }: Pick<EarlierStack, "selection">,
): void {
  const question = (of: typeof before) =>
    of ? JSON.stringify([of.judge, of.sections, of.rules, of.minSeverity]) : "the whole";
  if (question(before) === question(now)) return;
  throw new UsageError(
    `--since ${file} was asked something else: give both the same --judge, --section, --rule and --min-severity`,
  );
}

function readJson(file: string): unknown {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`--since ${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  try {
    return parseJson(content);
  } catch (error) {
    if (error instanceof JsonError) throw refused(file, error.message);
    throw error;
  }
}

function refused(file: string, what: string): UsageError {
  const remedy = "npm run check -- --format json --out report.json writes one";
  return new UsageError(`--since ${file} ${what}: ${remedy}`);
}
