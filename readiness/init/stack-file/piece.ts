/** A part of a stack file: lines with their comments, below the namespace's key. */
import type { Answers } from "../question.ts";

export interface Stage {
  readonly answers: Answers;
  readonly production: boolean;
  readonly now: Date;
}

/** Lines as they stand in the file, from its left edge on; nothing where a part says nothing. */
export type Piece = (stage: Stage) => string;

/** By the kind of a part. */
export type Kinds = Readonly<Record<string, Piece>>;

/** A scalar that Pulumi reads as the text that it is: in quotes wherever YAML 1.1 could take it for something else. */
export function scalar(value: string): string {
  const plain =
    /^[A-Za-z/][\w./@+-]*( [\w./@+-]+)*$/.test(value) &&
    !/^(y|n|yes|no|on|off|true|false|null|nan|inf)$/i.test(value);
  return plain ? value : JSON.stringify(value);
}

/** A line `name=path` as a pair; the path alone has no name. */
export function pairOf(line: string): readonly [name: string, path: string] {
  const at = line.indexOf("=");
  return [line.slice(0, Math.max(at, 0)).trim(), line.slice(at + 1).trim()];
}

/** A map of names to paths, below a key. */
export function pairs(lines: readonly string[], indent: string): string {
  return lines
    .map(pairOf)
    .map(([name, path]) => `${indent}${scalar(name)}: ${scalar(path)}`)
    .join("\n");
}
