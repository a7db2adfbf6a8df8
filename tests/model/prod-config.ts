/** The config of a production stack, to change and check. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { RawConfig } from "../../model/config/stack-spec.ts";

type Data = Record<string, unknown>;

const file: { config: Data } = parse(
  readFileSync(new URL("../fixtures/Pulumi.prod.yaml", import.meta.url), "utf8"),
);

/** A copy of the config's settings by key; maps are maps. */
export function prodSettings(): Data {
  return structuredClone(file.config);
}

/** Settings as Pulumi hands them to a program. */
export function asConfig(settings: Data): RawConfig {
  const entries = Object.entries(settings);
  return Object.fromEntries(
    entries.map(([k, v]) => [k, typeof v === "object" ? JSON.stringify(v) : String(v)]),
  );
}

/** The map or list under keys; a value of any other kind is an error. */
export function at(settings: Data, keys: readonly (string | number)[]): Data {
  return keys.reduce<Data>((outer, key) => {
    const inner = outer[key];
    if (typeof inner !== "object" || inner === null)
      throw new Error(`nothing to change under ${keys.join(" ")}`);
    return inner as Data;
  }, settings);
}

/** The value to set under a path of keys; `undefined` removes what is there. */
export type Change = readonly [keys: readonly (string | number)[], value: unknown];

/** The production config, changed. */
export function prodConfig(...changes: readonly Change[]): RawConfig {
  const settings = prodSettings();
  for (const [keys, value] of changes) {
    const last = keys.at(-1) ?? "";
    const outer = at(settings, keys.slice(0, -1));
    if (value === undefined) delete outer[last];
    else outer[last] = value;
  }
  return asConfig(settings);
}
