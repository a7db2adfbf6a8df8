/** From a stack's raw config to its `StackSpec`: checked as a whole, frozen, plain data. */
import type { z } from "zod";
import { chosenParts, type Kind, type Part, type Parts } from "../parts.ts";
import { closest } from "../suggest.ts";
import { decideTier, type Tier } from "../tier.ts";
import { crossCheck } from "./contradictions.ts";
import { ConfigError, type ConfigIssue, issueAt, type Problem } from "./error.ts";
import { KeyCorrector } from "./keys.ts";
import { readable } from "./readable.ts";
import { homeRegion, stackConfig } from "./schema.ts";
import { keysOf, wordingOf } from "./wording.ts";
import type { WrittenConfig } from "./written-config.ts";

export { ConfigError, type ConfigIssue } from "./error.ts";

type DeepReadonly<T> = T extends (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** What a stack is to be: its config with defaults filled in, and the facts that follow from its name. */
export type StackSpec = DeepReadonly<Omit<z.output<typeof stackConfig>, "tier">> & {
  /** Pulumi's stack name, such as `prod`. */
  readonly stack: string;
  readonly tier: Tier;
  /** The AWS region of everything that is not global: config `aws:region`. */
  readonly region: string;
};
export type ServiceSpec = StackSpec["services"][number];
export type Person = StackSpec["people"][number];

/** The settings of a part where it is of a kind. */
export type Settings<P extends Part & keyof StackSpec, K extends Kind<P>> = Extract<
  StackSpec[P],
  { readonly kind: K }
>;

/** The parts that a stack has. */
export function partsOf(spec: StackSpec): Parts {
  return chosenParts((part) => (spec as Readonly<Record<string, unknown>>)[part]);
}

/** Fully qualified key (`readiness:database`) to value; maps and lists as JSON, as Pulumi hands them over. */
export type RawConfig = Readonly<Record<string, string>>;

/** A usable config, or everything that is wrong with it. */
export type CheckedConfig =
  | { readonly spec: StackSpec; readonly issues: readonly [] }
  | { readonly spec: undefined; readonly issues: readonly ConfigIssue[] };

const namespace = "readiness:";
/** Read by Pulumi's AWS provider too, which is why it is in another namespace. */
const regionKey = "aws:region";
const schema = stackConfig.extend({ [regionKey]: homeRegion });

/**
 * Checks a stack's config and gives its spec. Messages show values of `readiness:` and `aws:region` only:
 * other namespaces hold secrets.
 * @param stack the Pulumi stack's name
 * @throws ConfigError with every issue at once
 */
export function loadSpec(stack: string, config: RawConfig): StackSpec {
  const { spec, issues } = checkConfig(stack, config);
  if (!spec) throw new ConfigError(stack, issues);
  return spec;
}

/** As `loadSpec`, for callers that have something to add to the issues. */
export function checkConfig(stack: string, config: RawConfig): CheckedConfig {
  const { keys, problems } = ownKeys(config);
  const raw = Object.fromEntries([...keys].map(([name, key]) => [name, parseValue(config[key] ?? "")]));
  const { [regionKey]: rawRegion, ...own } = raw;
  const corrector = new KeyCorrector();
  const corrected = { ...corrector.correct(stackConfig, own), [regionKey]: rawRegion };
  const parsed = schema.safeParse(corrected);
  const faults = parsed.error?.issues ?? [];
  // What zod found no fault with has the schema's type, and nothing else can be read.
  const sound = readable(
    corrected as WrittenConfig,
    faults.map((i) => i.path),
  );

  const wrongValues = [
    ...faults.map((i): Problem => [keysOf(i), wordingOf(schema, corrected, i)]),
    ...crossCheck(sound, Object.keys(config), stack),
  ];
  const issues = [
    ...problems,
    ...corrector.problems,
    ...wrongValues.map(([at, message]): Problem => [corrector.asWritten(at), message]),
  ].map(([[name = "", ...rest], message]) =>
    issueAt([keys.get(`${name}`) ?? qualified(`${name}`), ...rest], message),
  );
  if (!parsed.success || issues.length > 0) return { spec: undefined, issues: distinct(issues) };

  const { [regionKey]: region, ...settings } = parsed.data;
  const { tier } = decideTier(stack, settings.tier);
  return { spec: deepFreeze({ ...settings, stack, tier, region }), issues: [] };
}

/**
 * The keys of a config that the schema is about: name in the schema to key in the config. Those of the
 * product's namespace, the region, and what looks like one of them misspelled.
 */
function ownKeys(config: RawConfig): { keys: Map<string, string>; problems: Problem[] } {
  const keys = new Map<string, string>();
  const problems: Problem[] = [];
  const missing = new Map(Object.keys(schema.shape).map((name) => [qualified(name), name]));
  for (const key of Object.keys(config)) missing.delete(key);
  for (const key of Object.keys(config)) {
    const meant = closest(key, missing.keys());
    const name = missing.get(meant ?? "");
    if (key.startsWith(namespace)) keys.set(key.slice(namespace.length), key);
    else if (key === regionKey) keys.set(key, key);
    else if (name !== undefined) {
      keys.set(name, key);
      problems.push([[name], `unknown key; did you mean "${meant}"?`]);
    }
  }
  return { keys, problems };
}

function qualified(name: string): string {
  return name === regionKey ? name : `${namespace}${name}`;
}

/** Maps and lists are written as JSON; a scalar is its own text, also where it looks like a number. */
function parseValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : text;
  } catch {
    return text;
  }
}

/** One value refused by several checks is one issue: the message is the same. */
function distinct(issues: readonly ConfigIssue[]): readonly ConfigIssue[] {
  return [...new Map(issues.map((i) => [`${i.path} ${i.message}`, i])).values()];
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    for (const part of Object.values(Object.freeze(value))) deepFreeze(part);
  }
  return value;
}
