/** What Pulumi's policy config may set of the pack (docs/policy-pack.md). */
import type { PolicyConfigSchema } from "@pulumi/policy";
import { checklist, type ItemId, sections } from "../model/checklist/checklist.ts";
import { didYouMean } from "../model/suggest.ts";
import { type Mode, modes } from "./existing.ts";
import type { Rule } from "./rule.ts";

const levels = ["mandatory", "advisory", "disabled"] as const;
export type EnforcementLevel = (typeof levels)[number];

export interface PackConfig {
  readonly mode?: Mode;
  /** By section, item or rule; the narrowest holds. */
  readonly levels?: Readonly<Record<string, EnforcementLevel>>;
  /** By rule: stricter than its own number. */
  readonly floors?: Readonly<Record<string, number>>;
}

/** Pulumi checks a pack's config against it before the pack sees any. */
export const packConfigSchema: PolicyConfigSchema = {
  properties: {
    mode: { type: "string", enum: [...modes] },
    levels: { type: "object", additionalProperties: { type: "string", enum: [...levels] } },
    floors: { type: "object", additionalProperties: { type: "number" } },
  },
};

const sectionOf: ReadonlyMap<ItemId, string> = new Map(checklist.map(({ id, section }) => [id, section]));

/** How strict a rule is; mandatory where nothing is said of it, but for what the verdict alone waits for. */
export function levelOf(
  { levels: set = {} }: PackConfig,
  { id, item, advisory }: Pick<Rule, "id" | "item" | "advisory">,
): EnforcementLevel {
  return set[id] ?? set[item] ?? set[sectionOf.get(item) ?? ""] ?? (advisory ? "advisory" : "mandatory");
}

/** Names in the config that nothing has, a sentence each: a misspelt name would hold for nothing. */
export function problemsOf(
  { levels: set = {}, floors = {} }: PackConfig,
  rules: readonly Rule[],
): readonly string[] {
  const adjustable = rules.filter((rule) => rule.adjustable).map(({ id }) => id);
  const named = [...rules.map(({ id }) => id), ...sectionOf.keys(), ...sections];
  return [
    ...unknown("levels", "section, item or rule", Object.keys(set), named),
    ...unknown("floors", "rule with a number of its own", Object.keys(floors), adjustable),
  ];
}

function unknown(
  key: string,
  what: string,
  names: readonly string[],
  known: readonly string[],
): readonly string[] {
  return names
    .filter((name) => !known.includes(name))
    .map(
      (name) => `the policy config's ${key}: there is no ${what} "${name}"${didYouMean(name, known) || "."}`,
    );
}
