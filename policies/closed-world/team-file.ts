/** `reviewed.yaml`: the types and properties that a team declares beside the product's, and answers for. */
import { z } from "zod";
import { hasRules, type TeamRow } from "./review.ts";

export const reviewedFile = "reviewed.yaml";

const words = z
  .string()
  .regex(/\S.{4,}/)
  .describe("a few words");

export const reviewedSchema = z.strictObject({
  reviewed: z.array(
    z.strictObject({
      type: z
        .string()
        .regex(/^[\w-]+:[\w/-]+:\w+$/)
        .describe("a type such as aws:sqs/queue:Queue, as the message of GOV-09 names it"),
      /** A property and what is below it, `*` for each element of a list; all that the type declares where absent. */
      path: z
        .string()
        .regex(/^[^.\s]+(\.[^.\s]+)*$/)
        .describe("a property such as rules.*.note")
        .optional(),
      /** Why readiness does not hang on it, or what watches over it instead. */
      reason: words,
      /** The team that answers for it. */
      owner: words,
    }),
  ),
});

/** A row may not lift what the rules look at. */
export function rowProblems({
  reviewed,
}: z.output<typeof reviewedSchema>): readonly (readonly [
  keys: readonly (string | number)[],
  message: string,
])[] {
  return reviewed.flatMap(({ type, path }, i) =>
    path === undefined && hasRules(type)
      ? [[["reviewed", i, "type"], `${type} has rules: name the property with path`] as const]
      : [],
  );
}

/**
 * The rows of a file's content.
 * @throws Error where it is not as it must be; `npm run check` says where
 */
export function rowsOf(content: unknown): readonly TeamRow[] {
  const { data, error } = reviewedSchema.safeParse(content);
  if (error || rowProblems(data).length > 0) {
    throw new Error(`${reviewedFile} cannot be used; npm run check says what is wrong with it`);
  }
  return data.reviewed;
}
