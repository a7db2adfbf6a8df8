/** What is said of many resources in the same words is told once: a program that is not ours has thousands of them. */
import type { Doubt, Violation } from "./rule.ts";

type Found = Violation | Doubt;

/** How many are named where not all are. */
const examples = 3;

/** Of so many each is told. */
const few = 20;

/** Findings in the same words, of more than a few resources, as one. */
export function onceOfMany(found: readonly Found[]): readonly Found[] {
  if (found.length <= few) return found;
  const alike = Map.groupBy(found, (f) => ("doubt" in f ? f.doubt : `${f.observed}\n${f.wanted}`));
  return [...alike.values()].flatMap((all) => (all.length > few ? [together(all)] : all));
}

function together(all: readonly Found[]): Found {
  const [first = { doubt: "" }] = all;
  // The engine hands resources over in an order of its own.
  const named = all
    .map(({ resource }) => resource?.name ?? "the stack")
    .toSorted()
    .slice(0, examples);
  const these = `of ${all.length} resources (${named.join(", ")} and ${all.length - examples} more)`;
  return "doubt" in first
    ? { doubt: `${these}: ${first.doubt}` }
    : { observed: `${these}: ${first.observed}`, wanted: first.wanted };
}
