/** One state of many: from its bytes to its row. */
import { checklist, type Purpose } from "../../model/checklist/checklist.ts";
import type { Finding } from "../../model/finding.ts";
import { tierOf } from "../../model/tier.ts";
import type { TeamRow } from "../../policies/closed-world/review.ts";
import { hasRules } from "../../policies/closed-world/review.ts";
import { evaluate } from "../../policies/evaluate.ts";
import { typesOfOthers } from "../../policies/rules/others.ts";
import { rules } from "../../policies/rules.ts";
import { deployed, ownersOf } from "../inputs/deployed-stack.ts";
import { isThere } from "../inputs/flaws.ts";
import { declarationIn, usableSpec } from "../inputs/stack-file.ts";
import { type Deployment, StateError, stateIn } from "../inputs/state-file.ts";
import { costFindings } from "../proofs/cost.ts";
import { type JudgedItem, judge } from "../verdict.ts";
import { lockText } from "./locks.ts";
import { type Lock, type OpenItem, openStandings, type Row, type StateVerdict, unjudged } from "./row.ts";
import { longestState } from "./store.ts";

/** A state as it was read. */
export interface Task {
  readonly key: string;
  /** As its place says. */
  readonly project?: string | undefined;
  readonly stack?: string | undefined;
  readonly locks: readonly Lock[];
  readonly bytes: Uint8Array;
}

/** What holds for all of them. */
export interface Circumstances {
  readonly purpose: Purpose;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** The project of the folder that the command runs in, which has stack files; undefined where it is none. */
  readonly own?:
    | { readonly project: string; readonly dir: string; readonly reviewed: readonly TeamRow[] }
    | undefined;
}

/** Never throws for what a state holds: what is wrong with it stands in its row. */
export function rowOf(task: Task, circumstances: Circumstances): Row {
  try {
    return judged(task, stateIn(task.key, Buffer.from(task.bytes), longestState), circumstances);
  } catch (error) {
    if (error instanceof StateError) return unjudged(task, error.problem, task.locks);
    throw error;
  }
}

function judged(task: Task, deployment: Deployment, circumstances: Circumstances): Row {
  const [owner, another] = ownersOf(deployment);
  const types = typesIn(deployment);
  if (!owner || types.length === 0) return unjudged(task, "nothing is deployed", task.locks);
  const unlooked = types.filter((type) => !hasRules(type) && !typesOfOthers.has(type)).length;
  if (unlooked === types.length) return unjudged(task, "no rule knows a type of its resources", task.locks);
  if (!another) {
    const { project = owner.project, stack = owner.stack } = task;
    if (project !== owner.project || stack !== owner.stack) {
      const is = `${owner.project}/${owner.stack}`;
      return unjudged(task, `it is the state of ${is}, must be of ${project}/${stack} as its place says`);
    }
  }
  const { purpose, now, own } = circumstances;
  const isOwn = owner.project === own?.project;
  const stack = deployed(deployment, task.key, {
    project: undefined,
    stack: undefined,
    ...(isOwn ? { declared: (name) => declarationIn(own.dir, name) } : { filledIn: true }),
    flaws: task.locks.map((lock) => ({ doubt: lockText(lock) })),
  });
  const mode = isOwn ? "all" : "existing";
  const reviewed = isOwn ? own.reviewed : [];
  const findings = [
    ...evaluate(rules, stack, new Date(now), { reviewed, mode }),
    ...(isOwn ? costFindings(stack, usableSpec(own.dir, stack.name)) : []),
  ];
  const tier = tierOf(stack.name, stack.declared.tier);
  const found = new Set(findings.map(({ item }) => item));
  const { verdict, items } = isOwn
    ? judge(findings, checklist, tier, purpose)
    : judge(
        findings,
        checklist.filter(({ id }) => found.has(id)),
        tier,
        "change",
      );
  const required = items.filter((item) => item.required);
  const standings = Map.groupBy(required, ({ standing }) => standing);
  const written = new Date(deployment.manifest.time).getTime();
  return {
    ...unjudged(task, "", task.locks),
    ...owner,
    tier,
    asked: mode,
    // Nothing is waived.
    verdict: verdict as StateVerdict,
    reason: null,
    // The year 1 is Go's zero time.
    updated: written > 0 ? new Date(written).toISOString() : null,
    resources: types.length,
    unlooked,
    required: required.length,
    standings: Object.fromEntries([...standings].map(([standing, { length }]) => [standing, length])),
    worst: worstOf(required, findings),
  };
}

/** Of each resource, without components and what is Pulumi's own. */
function typesIn({ resources }: Deployment): readonly string[] {
  const there = resources.filter((r) => isThere(r) && r.custom && !r.type.startsWith("pulumi:"));
  return there.map(({ type }) => type);
}

/** All that is open, what has the most findings first. */
function worstOf(required: readonly JudgedItem[], findings: readonly Finding[]): readonly OpenItem[] {
  const outcomes = { failing: ["fail"], undecided: ["unknown", "error"], unproven: [] } as const;
  const byItem = Map.groupBy(findings, ({ item }) => item);
  const open = openStandings.flatMap((standing) =>
    required
      .filter((judged) => judged.standing === standing)
      .map(({ item: { id } }) => {
        const saying: readonly string[] = outcomes[standing];
        const said = byItem.get(id)?.filter(({ outcome }) => saying.includes(outcome)) ?? [];
        return { item: id, standing, findings: said.length };
      }),
  );
  const place = ({ standing }: OpenItem) => openStandings.indexOf(standing);
  return open.sort((a, b) => place(a) - place(b) || b.findings - a.findings);
}
