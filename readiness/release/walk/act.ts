/** What is asked of a release, and what it is done with. */
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import type { PhaseId, ReleasePhase } from "../../../model/release/phases.ts";
import type { Subject } from "../log/entry.ts";
import type { Judging } from "./judge.ts";
import type { World } from "./world.ts";

export interface WalkOptions {
  readonly stack: string;
  /** Carry out what is next. */
  readonly run: boolean;
  /** With `run`: stop behind this phase. */
  readonly until?: PhaseId;
  /** With `run`: close the one before. */
  readonly supersede?: boolean;
  /** With `run`: where a look at production does not end well, hand that to a rollback at once. */
  readonly takeBack?: boolean;
  /** Take back what is deployed; these words are for `rollback`. */
  readonly rollback: boolean;
  readonly others: readonly string[];
  /** Why the release is given up. */
  readonly abandon?: string;
  /** Why a step is tried once more although it failed. */
  readonly again?: string;
  readonly staging?: string;
  /** Repository in which machines share the log's heads. */
  readonly remote?: string;
  readonly yes: boolean;
  /** By service: working copies. */
  readonly checkouts: ReadonlyMap<string, string>;
}

/** What is to be done, of what, where. */
export interface Act {
  readonly projectDir: string;
  readonly spec: StackSpec;
  readonly staging: string;
  readonly phases: readonly ReleasePhase[];
  readonly subject: Subject;
  /** What the gates say now. */
  readonly ask: () => Judging;
  readonly options: WalkOptions;
  readonly world: World;
}
