/** Files of the project's own that people write in YAML: strict, and everything that is wrong is told at once. */
import { z } from "zod";
import { issueAt, type Keys, type Problem } from "../../model/config/error.ts";
import { KeyCorrector } from "../../model/config/keys.ts";
import { isMap } from "../../model/config/schema-walk.ts";
import { keysOf, wordingOf } from "../../model/config/wording.ts";
import type { SourcePosition } from "../../model/finding.ts";
import { StackError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { parseYaml } from "./yaml-file.ts";

export interface FileIssue {
  readonly keys: Keys;
  /** The keys as one text, such as `people[2].email`; empty where it is about the file as a whole. */
  readonly path: string;
  /** What was found, what is allowed, and how to mend it; one line. */
  readonly message: string;
  readonly source: SourcePosition;
}

export interface CheckedFile<T> {
  /** Nothing where there are issues. */
  readonly value: T | undefined;
  /** What was read, with the keys that were meant; nothing where it is no YAML or no map. */
  readonly content: Readonly<Record<string, unknown>> | undefined;
  /** By their lines. */
  readonly issues: readonly FileIssue[];
  readonly sourceOf: (keys: Keys) => SourcePosition;
}

/** A file that cannot be used, with everything that is wrong with it. */
export class ProjectFileError extends StackError {
  override readonly name = "ProjectFileError";
  readonly exitStatus = exitStatus.unusable;

  constructor(file: string, issues: readonly FileIssue[]) {
    const lines = issues.map(({ source, path, message }) =>
      [`  ${source.file}:${source.line}`, path, message].filter(Boolean).join(": "),
    );
    super([`${file} cannot be used:`, ...lines].join("\n"));
  }
}

/**
 * Checks a file's text against its schema.
 * @param file its name relative to the project, for messages
 * @param crossCheck what is wrong between values that are right each for itself
 */
export function checkFile<S extends z.ZodObject>(
  file: string,
  text: string,
  schema: S,
  crossCheck: (value: z.output<S>) => readonly Problem[] = () => [],
): CheckedFile<z.output<S>> {
  const yaml = parseYaml(text, "plain");
  if ("fault" in yaml) {
    const source = { file, line: yaml.fault.line };
    const issues = [{ ...issueAt([], yaml.fault.message), source }];
    return { value: undefined, content: undefined, issues, sourceOf: () => source };
  }
  const sourceOf = (keys: Keys) => ({ file, line: yaml.lineOf(keys) ?? 1 });
  if (!isMap(yaml.content)) {
    const message = `found no map, must be a map with ${Object.keys(schema.shape).join(", ")}`;
    const issues = [{ ...issueAt([], message), source: sourceOf([]) }];
    return { value: undefined, content: undefined, issues, sourceOf };
  }
  const corrector = new KeyCorrector();
  const content = corrector.correct(schema, yaml.content);
  const parsed = z.safeParse(schema, content);
  const faults = (parsed.error?.issues ?? []).map((i): Problem => [keysOf(i), wordingOf(schema, content, i)]);
  const crossed = parsed.success ? crossCheck(parsed.data) : [];
  const wrong = [...faults, ...crossed].map(([at, message]): Problem => [corrector.asWritten(at), message]);
  const issues = [...corrector.problems, ...wrong]
    .map(([keys, message]) => ({ ...issueAt(keys, message), source: sourceOf(keys) }))
    .sort((a, b) => a.source.line - b.source.line);
  return { value: issues.length === 0 ? parsed.data : undefined, content, issues, sourceOf };
}

/**
 * The content of a file that is as its schema wants it.
 * @throws ProjectFileError with every issue at once
 */
export function usable<T>(file: string, { value, issues }: CheckedFile<T>): T {
  if (value === undefined) throw new ProjectFileError(file, issues);
  return value;
}
