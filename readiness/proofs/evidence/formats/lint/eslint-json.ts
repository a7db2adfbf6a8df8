/** `--format json` of ESLint: https://eslint.org/docs/latest/integrate/nodejs-api#-lintresult-type. */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { count, oneLine, sum } from "../values.ts";
import { linted } from "./findings.ts";

const schema = z.array(
  z.looseObject({
    filePath: z.string(),
    messages: z.array(
      z.looseObject({
        ruleId: z.string().nullable(),
        severity: z.union([z.literal(1), z.literal(2)]),
        fatal: z.boolean().optional(),
        message: z.string(),
      }),
    ),
    suppressedMessages: z.array(z.looseObject({})),
    errorCount: count,
    fatalErrorCount: count,
    warningCount: count,
  }),
);
type Result = z.infer<typeof schema>[number];

export const eslintJson: Format = {
  name: "eslint-json",
  kind: "lint",
  made: "eslint --format json --output-file FILE .",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const results = shape.value;
  const wrong = results.find((r) => !hasItsTotals(r));
  if (wrong)
    return {
      problem: `it contradicts itself: the totals of ${oneLine(wrong.filePath)} are not those of its messages`,
    };
  const unparsed = results.filter((r) => r.fatalErrorCount > 0);
  const [first] = unparsed;
  if (first) {
    const why = first.messages.find((m) => m.fatal)?.message ?? "";
    return {
      problem: `${unparsed.length} of ${results.length} files could not be linted, such as ${oneLine(first.filePath)}: ${oneLine(why)}`,
    };
  }
  const files = results.filter((r) => !isIgnored(r));
  const measure = linted({
    files: files.length,
    errors: sum(files.map((f) => f.errorCount)),
    warnings: sum(files.map((f) => f.warningCount)),
    suppressed: sum(files.map((f) => f.suppressedMessages.length)),
  });
  if ("problem" in measure) return measure;
  return { tool: "eslint", version: null, startedAt: null, finishedAt: null, commit: null, measure };
}

function hasItsTotals({ messages, errorCount, warningCount, fatalErrorCount }: Result): boolean {
  return (
    errorCount === messages.filter((m) => m.severity === 2).length &&
    warningCount === messages.filter((m) => m.severity === 1).length &&
    fatalErrorCount === messages.filter((m) => m.fatal === true).length
  );
}

/** A file that was named and is ignored comes with this warning alone: lib/eslint/eslint-helpers.js. */
function isIgnored({ messages: [message, ...others] }: Result): boolean {
  return others.length === 0 && message?.ruleId === null && message.message.startsWith("File ignored ");
}
