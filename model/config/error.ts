/** What is wrong with a stack's config, told so that it can be mended. */

/** Where in a config: names of keys and indexes of lists, outermost first, such as `readiness:people`, 2, `email`. */
export type Keys = readonly (string | number)[];

/** One thing that is wrong with a config. */
export interface ConfigIssue {
  /** As the user wrote it; empty where the issue is about the file as a whole. */
  readonly keys: Keys;
  /** The keys as one text, such as `readiness:people[2].email`. */
  readonly path: string;
  /** What was found, what is allowed, and how to mend it; one line. */
  readonly message: string;
  /** File and line, where a file was read: `Pulumi.prod.yaml:42`. */
  readonly place?: string;
}

/** What is wrong where, before the keys are those of the user's file. */
export type Problem = readonly [at: Keys, message: string];

export function issueAt(keys: Keys, message: string): ConfigIssue {
  return { keys, path: pathOf(keys), message };
}

/** A config that cannot be used, with everything that is wrong with it. */
export class ConfigError extends Error {
  readonly issues: readonly ConfigIssue[];

  /** @param stack the Pulumi stack's name */
  constructor(stack: string, issues: readonly ConfigIssue[]) {
    const lines = issues.map((i) => `  ${[i.place, i.path, i.message].filter(Boolean).join(": ")}`);
    super([`Pulumi.${stack}.yaml cannot be used:`, ...lines].join("\n"));
    this.name = "ConfigError";
    this.issues = issues;
  }
}

function pathOf(keys: Keys): string {
  return keys.map((key, i) => (typeof key === "number" ? `[${key}]` : i === 0 ? key : `.${key}`)).join("");
}
