/** From a stack's raw config to its `StackSpec`: checked as a whole, frozen, plain data. */
import type { z } from "zod";
import { stackConfig } from "./config-schema.ts";
import { type Tier, tierOf } from "./tier.ts";

type DeepReadonly<T> = T extends (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** What a stack is to be: its config with defaults filled in, and the facts that follow from its name. */
export type StackSpec = DeepReadonly<z.output<typeof stackConfig>> & {
  /** Pulumi's stack name, such as `prod`. */
  readonly stack: string;
  readonly tier: Tier;
  /** The AWS region of everything that is not global: config `aws:region`. */
  readonly region: string;
};
export type ServiceSpec = StackSpec["services"][number];
export type Person = StackSpec["people"][number];

/** One thing that is wrong with a config. */
export interface ConfigIssue {
  /** As the user wrote it in the YAML file, such as `readiness:database.multiAz`. */
  readonly path: string;
  /** What is wrong, what was found, what is allowed, and how to mend it; one line. */
  readonly message: string;
}

/** A config that cannot be used, with everything that is wrong with it. */
export class ConfigError extends Error {
  readonly issues: readonly ConfigIssue[];
  constructor(stack: string, issues: readonly ConfigIssue[]) {
    super(
      [`Pulumi.${stack}.yaml cannot be used:`, ...issues.map((i) => `  ${i.path}: ${i.message}`)].join("\n"),
    );
    this.name = "ConfigError";
    this.issues = issues;
  }
}

/**
 * Checks a stack's config and gives its spec.
 * @param stack the Pulumi stack's name
 * @param config fully qualified key (`readiness:database`) to value; objects as JSON, as Pulumi hands them over
 * @throws ConfigError with every issue at once
 */
export function loadSpec(stack: string, config: Readonly<Record<string, string>>): StackSpec {
  const raw: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(config)) {
    if (key.startsWith("readiness:")) raw[key.slice("readiness:".length)] = parseValue(value);
  }
  const parsed = stackConfig.safeParse(raw);
  if (!parsed.success) {
    throw new ConfigError(
      stack,
      parsed.error.issues.map((i) => ({ path: `readiness:${i.path.join(".")}`, message: i.message })),
    );
  }
  return Object.freeze({ ...parsed.data, stack, tier: tierOf(stack), region: config["aws:region"] ?? "" });
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
