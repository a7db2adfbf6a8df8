/** What a check of a config is; the checks themselves stand in contradictions.ts. */
import type { z } from "zod";
import { closest } from "../suggest.ts";
import type { Keys, Problem } from "./error.ts";
import type { stackConfig } from "./schema.ts";

/** A config before its defaults are filled in. */
export type WrittenConfig = z.input<typeof stackConfig> & { readonly "aws:region": string };

/** Finds what contradicts something else in a config. */
export type CrossCheck = (
  config: WrittenConfig,
  configKeys: readonly string[],
  stack: string,
) => Iterable<Problem>;

/** Every value that stands in the list a second time. */
export function* repeated(
  values: readonly string[],
  at: (index: number) => Keys,
  what: string,
): Iterable<Problem> {
  const seen = new Set<string>();
  for (const [i, value] of values.entries()) {
    const size = seen.size;
    if (seen.add(value).size === size) yield [at(i), `found "${value}" again, must be another ${what}`];
  }
}

/** A secret that something in the config needs, and that has no value. */
export function* withoutValue(at: Keys, name: string, configKeys: readonly string[]): Iterable<Problem> {
  const key = `secrets:${name}`;
  if (configKeys.includes(key)) return;
  const near = closest(key, configKeys);
  const remedy = near ? `did you mean it by ${near}?` : `run \`pulumi config set --secret ${key}\``;
  yield [at, `found no value for "${name}", must be the config ${key}; ${remedy}`];
}
