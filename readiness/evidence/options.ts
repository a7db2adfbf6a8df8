/** What `evidence` is told, and which item that is about. */
import {
  type Environment,
  environments,
  isNeeded,
  type NeededItem,
  neededItems,
  needOf,
  type Suite,
  suites,
} from "../../model/checklist/needs.ts";
import type { Measure } from "../../model/evidence/measure.ts";
import { didYouMean } from "../../model/suggest.ts";
import { UsageError } from "../errors.ts";
import { formats } from "../proofs/evidence/formats.ts";
import type { Format } from "../proofs/evidence/reading.ts";

export interface HandInOptions {
  readonly service: string;
  readonly item?: string;
  readonly suite?: string;
  readonly environment?: string;
  readonly deployment?: string;
  readonly stack?: string;
  readonly source?: string;
  readonly since?: string;
  readonly schema: readonly string[];
  readonly out?: string;
  readonly sign?: string;
}

export interface CollectOptions extends HandInOptions {
  readonly files: readonly string[];
  readonly format: readonly string[];
  readonly exitCode: readonly number[];
  readonly shard: readonly string[];
}

export interface RunOptions extends HandInOptions {
  readonly command: readonly string[];
  readonly format?: string;
  readonly file: readonly string[];
}

/** @throws UsageError for a name that is none of `names` */
function oneOf<T extends string>(option: string, names: readonly T[], given: string): T {
  const found = names.find((name) => name === given);
  if (found !== undefined) return found;
  throw new UsageError(`${option} ${given}: must be one of ${names.join(", ")}${didYouMean(given, names)}`);
}

/** @throws UsageError */
export function formatNamed(name: string): Format {
  const format = formats.get(oneOf("--format", [...formats.keys()], name));
  if (!format) throw new UsageError(`--format ${name}: there is no such format`);
  return format;
}

/** @throws UsageError */
export function environmentOf({ environment = "ci" }: HandInOptions): Environment {
  return oneOf("--environment", environments, environment);
}

/** @throws UsageError */
export function suiteOf({ suite }: HandInOptions): Suite | null {
  return suite === undefined ? null : oneOf("--suite", suites, suite);
}

/**
 * The item that is meant; where none is named, the only one that such runs could prove.
 * @throws UsageError
 */
export function itemOf(options: HandInOptions, kinds: readonly Measure["kind"][]): NeededItem {
  const { item } = options;
  const suite = suiteOf(options);
  if (item !== undefined) {
    if (isNeeded(item)) return item;
    throw new UsageError(
      `--item ${item}: no evidence proves it, must be one of ${neededItems.join(", ")}${didYouMean(item, neededItems)}`,
    );
  }
  const fitting = neededItems.filter((id) =>
    needOf(id).parts.some((part) => part.suite === suite && kinds.includes(part.kind)),
  );
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const choices = fitting.length > 0 ? fitting : neededItems;
  throw new UsageError(`--item is missing, must be one of ${choices.join(", ")}`);
}

/**
 * What is given once for all files, or once for each.
 * @throws UsageError
 */
export function forEachFile<T>(
  option: string,
  given: readonly T[],
  files: readonly string[],
): readonly (T | null)[] {
  if (given.length <= 1) return files.map(() => given[0] ?? null);
  if (given.length === files.length) return given;
  throw new UsageError(
    `${option} is given ${given.length} times for ${files.length} files, must be once, or once for each in their order`,
  );
}
