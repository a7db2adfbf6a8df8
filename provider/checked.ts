/** Args that come from another language, where no compiler has seen them. */
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { issueAt, type Problem } from "../model/config/error.ts";
import { KeyCorrector } from "../model/config/keys.ts";
import { keysOf, wordingOf } from "../model/config/wording.ts";

/**
 * Args that a schema of the stack file takes, with its defaults.
 * @param contradictions of args that are right each by itself
 * @throws InputPropertiesError with a line for each that it does not take, in the stack file's words
 */
export function checked<Schema extends z.ZodObject>(
  schema: Schema,
  args: object,
  contradictions: (data: z.output<Schema>) => Iterable<Problem> = () => [],
): z.output<Schema> {
  const corrector = new KeyCorrector();
  const corrected = corrector.correct(schema, { ...args });
  const { data, error } = schema.safeParse(corrected);
  const wrong = (error?.issues ?? []).map((i): Problem => [keysOf(i), wordingOf(schema, corrected, i)]);
  const apart = [...corrector.problems, ...wrong];
  const problems = [...(data && apart.length === 0 ? contradictions(data) : apart)].map(([at, text]) =>
    issueAt(corrector.asWritten(at), text),
  );
  if (data && problems.length === 0) return data;
  throw new pulumi.InputPropertiesError({
    message: "its args cannot be used",
    errors: problems.map(({ path: propertyPath, message: reason }) => ({ propertyPath, reason })),
  });
}
