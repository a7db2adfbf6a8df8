/** Writes stack files that are the fixtures' with parts of their config changed. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { fixtures } from "./project.ts";

/** By key of the config, such as `readiness:chat`. */
export type Config = Readonly<Record<string, object>>;

/** @param changed sees the fixtures' config, and gives what is different */
export function writeChanged(
  folder: string,
  stack: string,
  changed: (config: Config) => Readonly<Record<string, unknown>>,
): void {
  const { config } = parse(readFileSync(join(fixtures, `Pulumi.${stack}.yaml`), "utf8"));
  // In quotes, or Pulumi reads times and versions for what they look like.
  const text = stringify(
    { config: { ...config, ...changed(config) } },
    { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" },
  );
  writeFileSync(join(folder, `Pulumi.${stack}.yaml`), text);
}
