/** What a kind of fuzzing is made of. */
import type { Arbitrary } from "fast-check";

export interface Kind<Input = unknown> {
  /** Plain data, so that a file holds it whole. */
  readonly inputs: Arbitrary<Input>;
  /** What is wrong with how an input is taken; nothing where it is as it should be. */
  judge(input: Input): Promise<string | undefined>;
  /** Ends what the kind has started. */
  close?(): void;
}

/** What loads each, and how many inputs it takes where nothing is said: all of them take about a minute. */
export const kinds = {
  configs: { runs: 1_500, load: async () => (await import("./configs.ts")).configs() },
  states: { runs: 1_000, load: async () => (await import("./states.ts")).states() },
  reports: { runs: 400, load: async () => (await import("./reports.ts")).reports() },
  traces: { runs: 1_500, load: async () => (await import("./traces.ts")).traces() },
  servers: { runs: 200, load: async () => (await import("./servers.ts")).servers() },
  "command-lines": { runs: 4_000, load: async () => (await import("./command-lines.ts")).commandLines() },
} as const satisfies Record<string, { readonly runs: number; load(): Promise<Kind> }>;

export type KindName = keyof typeof kinds;

export function isKind(name: string): name is KindName {
  return Object.hasOwn(kinds, name);
}
