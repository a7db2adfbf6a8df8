/** What lookups of a stack's program have answered, from `facts/<stack>.json`: committed, dated, and believed for a time. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Answers } from "../engine/lookups.ts";
import { unknownValue, type WireObject } from "../engine/wire.ts";
import { StackError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { JsonError, parseJson } from "../foreign-json.ts";
import { textIfThere } from "./if-there.ts";
import { withheld } from "./withheld.ts";

const values = z.record(z.string(), z.json());

export const factsSchema = z.strictObject({
  schemaVersion: z.literal("1.0"),
  stack: z.string(),
  recorded: z.iso.datetime(),
  /** Days for which the answers count. */
  days: z.int().min(1).max(366),
  lookups: z.array(
    z.strictObject({
      kind: z.enum(["function", "resource"]),
      token: z.string(),
      /** Name of the explicit provider that was asked; empty where it was the default one. */
      provider: z.string(),
      args: values,
      answer: values,
    }),
  ),
});

export type FactsFile = z.infer<typeof factsSchema>;

export interface Facts {
  readonly answers: Answers;
  /** Why what the file holds does not count; nothing where it does, or where there is none. */
  readonly warning?: string | undefined;
}

/** A file of facts that is there and no such file. */
export class FactsError extends StackError {
  override readonly name = "FactsError";
  readonly exitStatus = exitStatus.unusable;
}

export function factsPath(stack: string): string {
  return `facts/${stack}.json`;
}

const anew = "; without it, npm run facts writes one";
const dayMs = 86_400_000;

/** @throws FactsError, UnreadableError */
export function factsOf(projectDir: string, stack: string, now: Date): Facts {
  const path = factsPath(stack);
  const file = readFacts(projectDir, stack);
  if (!file) return { answers: () => undefined };
  const { recorded, days, lookups } = file;
  const age = now.getTime() - Date.parse(recorded);
  if (age > days * dayMs || age < -dayMs) {
    const why = age < 0 ? "is of the future" : `counts for ${days} days`;
    const warning = `${path} of ${recorded.slice(0, 10)} ${why}: what it holds is taken for unknown`;
    return { answers: () => undefined, warning };
  }
  return {
    answers: ({ kind, token, provider, args }) => {
      const found = lookups.find(
        (one) =>
          one.kind === kind &&
          one.token === token &&
          one.provider === provider &&
          isDeepStrictEqual(one.args, { ...args }),
      );
      return found && (opened(found.answer) as WireObject);
    },
  };
}

/**
 * The file of a stack, if it has one.
 * @throws FactsError, UnreadableError
 */
export function readFacts(projectDir: string, stack: string): FactsFile | undefined {
  const path = factsPath(stack);
  const text = textIfThere(projectDir, path);
  if (text === undefined) return undefined;
  const file = parsed(path, text);
  if (file.stack === stack) return file;
  throw new FactsError(`${path} is of the stack "${file.stack}", must be of "${stack}"`);
}

function parsed(path: string, text: string): FactsFile {
  let content: unknown;
  try {
    content = parseJson(text);
  } catch (error) {
    throw new FactsError(`${path} ${error instanceof JsonError ? error.message : "cannot be read"}${anew}`);
  }
  const { data, error } = factsSchema.safeParse(content);
  if (data) return data;
  const [issue] = error.issues;
  throw new FactsError(
    `${path} is no file of facts: ${issue?.path.join(".") || "it"}: ${issue?.message}${anew}`,
  );
}

/** With what was withheld, since it may be a secret, as unknown as what was never asked for. */
function opened(value: unknown): unknown {
  if (value === withheld) return unknownValue;
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, opened(part)]));
}
