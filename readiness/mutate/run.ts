/** Evaluates the rules for every mutant: those that read what it changes, until one finds more than it does now. */
import type { Finding } from "../../model/finding.ts";
import { evaluateRule } from "../../policies/evaluate.ts";
import type { Context, Rule } from "../../policies/rule.ts";
import type { Registration } from "../engine/registration.ts";
import { toStack } from "../engine/registration.ts";
import { MutableStack } from "./mutable-stack.ts";
import type { Mutant } from "./mutant.ts";
import { changedBy, recording } from "./reads.ts";

/** A mutant, and the first rule that notices it. */
export interface Verdict {
  readonly mutant: Mutant;
  readonly noticed: Noticed | undefined;
}

export interface Noticed {
  readonly rule: string;
  readonly outcome: Finding["outcome"];
}

/** A rule, and what it finds in the stack as it is. */
interface Watch {
  readonly rule: Rule;
  readonly found: ReadonlySet<string>;
  readonly ms: number;
}

export class Watchers {
  readonly #registrations: readonly Registration[];
  readonly #stack: MutableStack;
  readonly #context: Context;
  /** The quickest first. */
  readonly #watches: readonly Watch[];
  /** Which of them read a part of the stack. */
  readonly #readers = new Map<string, Set<number>>();

  constructor(rules: readonly Rule[], registrations: readonly Registration[], context: Context) {
    this.#registrations = registrations;
    this.#stack = new MutableStack(context.stack, registrations, context);
    this.#context = context;
    const asIs = toStack(context.stack, registrations, undefined, context);
    const watches = rules.map((rule) => {
      // A stack of its own for each rule: what one rule has worked out, another would not read again.
      const { stack: recorded, reads } = recording(asIs);
      const start = performance.now();
      const found = openFindings(evaluateRule(rule, recorded, context));
      return { rule, reads, found, ms: performance.now() - start };
    });
    this.#watches = watches.toSorted((a, b) => a.ms - b.ms);
    for (const [i, { reads }] of watches.toSorted((a, b) => a.ms - b.ms).entries()) {
      for (const key of reads) {
        const readers = this.#readers.get(key) ?? new Set();
        this.#readers.set(key, readers.add(i));
      }
    }
  }

  /** What noticed the mutant of a place before notices the next one most often. */
  readonly #latest = new Map<string, Watch>();

  judge(mutant: Mutant): Verdict {
    const concerned = new Set<number>();
    for (const key of changedBy(mutant, this.#registrations)) {
      for (const i of this.#readers.get(key) ?? []) concerned.add(i);
    }
    const watches = this.#watches.filter((_, i) => concerned.has(i));
    const place = `${mutant.type} ${mutant.path}`;
    const latest = this.#latest.get(place);
    const inOrder = latest && watches.includes(latest) ? [latest, ...watches] : watches;
    return { mutant, noticed: inOrder.length > 0 ? this.#firstToNotice(mutant, place, inOrder) : undefined };
  }

  #firstToNotice(mutant: Mutant, place: string, watches: readonly Watch[]): Noticed | undefined {
    return this.#stack.mutated(mutant, (stack) => {
      for (const watch of watches) {
        const { rule, found } = watch;
        const more = evaluateRule(rule, stack, this.#context).find((f) => isOpen(f) && !found.has(keyOf(f)));
        if (!more) continue;
        this.#latest.set(place, watch);
        return { rule: rule.id, outcome: more.outcome };
      }
      return undefined;
    });
  }
}

function openFindings(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.filter(isOpen).map(keyOf));
}

function isOpen({ outcome }: Finding): boolean {
  return outcome !== "pass" && outcome !== "not-applicable";
}

function keyOf({ outcome, urn }: Finding): string {
  return `${outcome} ${urn}`;
}
