/** Several stacks as one: what is in the state of another team's is a known fact, and has to be right too. */
import type { Finding } from "../model/finding.ts";
import { evaluate, type TeamStandards } from "../policies/evaluate.ts";
import { rulesOf } from "../policies/existing.ts";
import { Stack } from "../policies/resource.ts";
import { rules } from "../policies/rules.ts";
import { deployed, type Expected, ownersOf } from "./inputs/deployed-stack.ts";
import { type Deployment, StateError } from "./inputs/state-file.ts";

export interface ReadState {
  readonly file: string;
  readonly deployment: Deployment;
}

export interface Together {
  /** The one that the verdict is of. */
  readonly own: ReadState;
  /** With all resources of all of them; ids and ARNs lead from one's to another's. */
  readonly stack: Stack;
  /** URNs of the others' resources. */
  readonly others: ReadonlySet<string>;
}

/**
 * The verdict is of the stack that is named, or of this project, or given first.
 * @param project of this folder
 * @param expectedOf what the state of that stack has to be of
 * @throws StateError where a state cannot be used, or two are of one stack
 */
export function joined(
  [first, ...more]: readonly [ReadState, ...ReadState[]],
  project: string | undefined,
  expectedOf: (own: ReadState) => Expected,
): Together {
  const all = [first, ...more];
  const { stack: name } = expectedOf(first);
  const isMeant = ({ deployment }: ReadState) => {
    const [owner] = ownersOf(deployment);
    return owner?.project === project && (name === undefined || owner?.stack === name);
  };
  const own = all.find(isMeant) ?? first;
  assertApart(all);
  const judged = deployed(own.deployment, own.file, expectedOf(own));
  const beside = all
    .filter((state) => state !== own)
    .map(({ deployment, file }) =>
      deployed(deployment, file, { project: undefined, stack: undefined, filledIn: true }),
    );
  const others = beside.flatMap(({ resources }) => resources);
  if (beside.length === 0) return { own, stack: judged, others: new Set() };
  const flaws = [judged, ...beside].flatMap(({ flaws: some = [] }) => some);
  const stack = new Stack(judged.name, [...judged.resources, ...others], flaws, judged.declared);
  return { own, stack, others: new Set(others.map(({ urn }) => urn)) };
}

function assertApart(states: readonly ReadState[]): void {
  const files = new Map<string, string>();
  for (const { file, deployment } of states) {
    for (const { project, stack } of ownersOf(deployment)) {
      const id = `${project}/${stack}`;
      const before = files.get(id);
      if (before !== undefined) throw new StateError(file, ` is the state of ${id}, and so is ${before}`);
      files.set(id, file);
    }
  }
}

/**
 * Of another team's resources only that they are right, and none of this product's conventions; what a rule asks of
 * nobody's program and finds nowhere else, it finds there.
 */
export function evaluateTogether(
  { stack, others }: Together,
  now: Date,
  standards: TeamStandards,
): readonly Finding[] {
  const all = evaluate(rules, stack, now, standards);
  if (others.size === 0 || standards.mode === "existing") return all;
  const isTheirs = ({ urn }: Finding) => urn !== undefined && others.has(urn);
  const existing = evaluate(rulesOf(rules, "existing"), stack, now, { ...standards, mode: "existing" });
  const theirs = Map.groupBy(existing.filter(isTheirs), ({ by }) => by);
  return [...Map.groupBy(all, ({ by }) => by)].flatMap(([by, found]) => {
    const counted = [...found.filter((f) => !isTheirs(f)), ...(theirs.get(by) ?? [])];
    return counted.length > 0 ? counted : found;
  });
}
