/** What a monitor would see of a trace, or why it cannot be told. */
import type { Condition } from "../../model/alerts/monitor-status.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import type { Data } from "./columns.ts";
import type { Trace } from "./trace.ts";

export interface WatchedValue {
  readonly condition: Condition;
  /** Of the value. */
  readonly unit: string;
  /** Windows that are evaluated together; the longest decides how often. */
  readonly shortestSeconds: number;
  readonly longestSeconds: number;
  /** Whether a part of a window says too little: a sum that must not be small. */
  readonly wantsFullWindow: boolean;
  /** How late the monitor looks. */
  readonly delaySeconds: number;
  /** Datadog has the distribution or the counts, the trace only their results: its number may differ. */
  readonly estimate: boolean;
  /**
   * The value of the window that ends at a moment.
   * @param until never less than the time before
   * @returns nothing where the window has no data
   */
  readonly at: (until: number) => number | undefined;
  /** The value if every row were like this one; nothing where the row has no data. */
  readonly alone: (row: number) => number | undefined;
}

/** What alerts are evaluated on. */
export interface Source {
  readonly trace: Trace;
  readonly data: Data;
  readonly spec: StackSpec;
}

/** Why an alert cannot be evaluated on a trace. */
export interface Unmeasured {
  readonly reason:
    | "without a column"
    | "synthetic"
    | "modelled by Datadog"
    | "with a window shorter than a row"
    | "with a window longer than the trace";
  /** Name of the column that it wants. */
  readonly column?: string;
}

/** What an alert lacks that has no column. */
export function wants(column: string): Unmeasured {
  return { reason: "without a column", column };
}
