/** What is kept of a stack among many: a line of a table. No value of a state stands in it. */
import type { ItemId } from "../../model/checklist/checklist.ts";
import type { Tier } from "../../model/tier.ts";
import type { Mode } from "../../policies/existing.ts";
import type { Standing, WholeVerdict } from "../verdict.ts";

export interface Row {
  /** Where its state lies, relative to the folder or the backend. */
  readonly file: string;
  /** Null where neither its place nor the state tells. */
  readonly project: string | null;
  readonly stack: string | null;
  readonly tier: Tier | null;
  /** What was asked: of another project's stack that what exists is right, and no more. */
  readonly asked: Mode | null;
  /** Null where there is nothing to be judged. */
  readonly verdict: StateVerdict | null;
  /** Why there is no verdict; null where there is one. */
  readonly reason: string | null;
  /** When the state was last written, as an ISO 8601 time; null where nothing tells. */
  readonly updated: string | null;
  /** Whoever is at work on it, or was cut off. */
  readonly locks: readonly Lock[];
  /** Without components and what is Pulumi's own. */
  readonly resources: number;
  /** How many of them are of types that no rule reads. */
  readonly unlooked: number;
  /** Items that the verdict waits for, and how many of them stand so; what none does is left out. */
  readonly required: number;
  readonly standings: Readonly<Partial<Record<Standing, number>>>;
  /** What keeps it from GO: the items with the most findings first. */
  readonly worst: readonly OpenItem[];
}

/** A state has no waivers. */
export type StateVerdict = Exclude<WholeVerdict, "CONDITIONAL">;

export interface OpenItem {
  readonly item: ItemId;
  readonly standing: OpenStanding;
  /** Findings that say so; 0 where there is no proof of it at all. */
  readonly findings: number;
}

/** What keeps a stack from GO, the weightiest first. */
export const openStandings = ["failing", "undecided", "unproven"] as const satisfies readonly Standing[];
export type OpenStanding = (typeof openStandings)[number];

export interface Lock {
  /** Null where the lock does not tell. */
  readonly by: string | null;
  readonly since: string | null;
}

/** A stack that was not judged. */
export function unjudged(
  {
    key,
    project,
    stack,
  }: { readonly key: string; readonly project?: string | undefined; readonly stack?: string | undefined },
  reason: string,
  locks: readonly Lock[] = [],
): Row {
  return {
    file: key,
    project: project ?? null,
    stack: stack ?? null,
    tier: null,
    asked: null,
    verdict: null,
    reason,
    updated: null,
    locks,
    resources: 0,
    unlooked: 0,
    required: 0,
    standings: {},
    worst: [],
  };
}
