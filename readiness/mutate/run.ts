/** Evaluates the rules for every mutant: those that read what it changes, until one finds more than it does now. */
import type { Finding } from "../../model/finding.ts";
import { evaluate } from "../../policies/evaluate.ts";
import type { Rule } from "../../policies/rule.ts";
import { type Registration, toStack } from "../engine/registration.ts";
import { type Mutant, mutated } from "./mutant.ts";
import { changedBy, type Reads, recording } from "./reads.ts";

/** A mutant, and the first rule that notices it. */
export interface Verdict {
  readonly mutant: Mutant;
  readonly noticed: Noticed | undefined;
}

export interface Noticed {
  readonly rule: string;
  readonly outcome: Finding["outcome"];
}

/** A rule, what it reads of the stack as it is, and what it finds there. */
interface Watch {
  readonly rule: Rule;
  readonly reads: Reads;
  readonly found: ReadonlySet<string>;
  readonly ms: number;
}

export class Watchers {
  readonly #stack: string;
  readonly #registrations: readonly Registration[];
  readonly #now: Date;
  readonly #watches: readonly Watch[];

  constructor(rules: readonly Rule[], stack: string, registrations: readonly Registration[], now: Date) {
    this.#stack = stack;
    this.#registrations = registrations;
    this.#now = now;
    // A stack of its own for each rule: what one rule has worked out, another would not read again.
    const watches = rules.map((rule) => {
      const { stack: recorded, reads } = recording(toStack(stack, registrations));
      const start = performance.now();
      const found = openOutcomes(evaluate([rule], recorded, now));
      return { rule, reads, found, ms: performance.now() - start };
    });
    this.#watches = watches.toSorted((a, b) => a.ms - b.ms);
  }

  judge(mutant: Mutant): Verdict {
    const stack = toStack(this.#stack, mutated(this.#registrations, mutant));
    const changed = changedBy(mutant, this.#registrations);
    for (const { rule, reads, found } of this.#watches) {
      if (!changed.some((key) => reads.has(key))) continue;
      const more = evaluate([rule], stack, this.#now).find((f) => isOpen(f) && !found.has(f.outcome));
      if (more) return { mutant, noticed: { rule: rule.id, outcome: more.outcome } };
    }
    return { mutant, noticed: undefined };
  }
}

function openOutcomes(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.filter(isOpen).map(({ outcome }) => outcome));
}

function isOpen({ outcome }: Finding): boolean {
  return outcome !== "pass" && outcome !== "not-applicable";
}
