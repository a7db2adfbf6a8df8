/** What a report is asked for, where that is less than the whole checklist (docs/any-program.md). */
import { checklist, type ItemId, sections } from "../../model/checklist/checklist.ts";
import { didYouMean } from "../../model/suggest.ts";
import { type Mode, rulesOf } from "../../policies/existing.ts";
import { rules } from "../../policies/rules.ts";
import { UsageError } from "../errors.ts";
import type { Baseline } from "./baseline.ts";

export const severities = ["error", "warning", "note"] as const;
export type Severity = (typeof severities)[number];

/** The options of a command. */
export interface AskedOptions {
  readonly judge?: Mode;
  readonly section?: readonly string[];
  /** Rules, or items of the checklist. */
  readonly rule?: readonly string[];
  readonly minSeverity?: Severity;
}

export interface Asked {
  readonly judge: Mode;
  readonly sections: readonly string[];
  /** Ids of rules and items; with `sections` what is in either is asked. */
  readonly rules: readonly string[];
  readonly minSeverity: Severity;
  readonly baseline: Baseline | undefined;
}

/** The whole checklist. */
export const everything: Asked = {
  judge: "all",
  sections: [],
  rules: [],
  minSeverity: "note",
  baseline: undefined,
};

/** Whether a verdict is less than one of the stack. */
export function isPart({ judge, sections: some, rules: named, minSeverity, baseline }: Asked): boolean {
  return (
    judge !== "all" || some.length + named.length > 0 || minSeverity === "error" || baseline !== undefined
  );
}

/** @throws UsageError for a name that nothing has, or that asks nothing */
export function askedOf(options: AskedOptions, baseline?: Baseline): Asked {
  const judge = options.judge ?? "all";
  const items = checklist.map(({ id }) => id as string);
  const named = options.rule ?? [];
  for (const name of options.section ?? []) assertOneOf("--section", "section", name, sections);
  for (const name of named) {
    assertOneOf("--rule", "rule or item", name, [...rules.map(({ id }) => id), ...items]);
  }
  const silent = named.find(
    (name) => !rulesOf(rules, judge).some(({ id, item }) => [id, item].includes(name)),
  );
  if (judge === "existing" && silent !== undefined) {
    throw new UsageError(
      `--rule ${silent} asks nothing of what exists alone: leave --judge existing out, or --rule ${silent}`,
    );
  }
  return {
    judge,
    sections: options.section ?? [],
    rules: named,
    minSeverity: options.minSeverity ?? "note",
    baseline,
  };
}

function assertOneOf(option: string, what: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const hint = didYouMean(name, known) || (known.length < 20 ? `: ${known.join(", ")}` : ".");
  throw new UsageError(`${option}: there is no ${what} "${name}"${hint}`);
}

const sectionOf = new Map(checklist.map(({ id, section }) => [id, section as string]));

/** Whether an item, or what one of its proofs says of it, is asked. */
export function isAsked({ sections: some, rules: named }: Asked, item: ItemId, by?: string): boolean {
  if (some.length + named.length === 0) return true;
  return (
    some.includes(sectionOf.get(item) ?? "") ||
    named.includes(item) ||
    (by === undefined ? rules.some((r) => r.item === item && named.includes(r.id)) : named.includes(by))
  );
}
