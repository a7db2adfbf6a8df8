/** Runs one monitor over a trace, evaluation by evaluation. */
import {
  beyond,
  evaluationSeconds,
  type MonitorStatus,
  nextStatus,
} from "../../model/alerts/monitor-status.ts";
import type { WatchedValue } from "./measured.ts";
import { endOf, type Trace } from "./trace.ts";

/** From the evaluation that fires the alert to the one that ends it; times in seconds since 1970. */
export interface Episode {
  readonly firedAt: number;
  /** Null where the trace ends before. */
  readonly recoveredAt: number | null;
  readonly cause: "threshold" | "no data";
  /** What the monitor saw when it fired; null for no data. */
  readonly value: number | null;
  /** When the first sample that is beyond the threshold by itself began, of those that the window held. */
  readonly badSince: number | null;
}

export interface Evaluation {
  readonly episodes: readonly Episode[];
  /** How often the monitor went to its warning status, which pages nobody. */
  readonly warnings: number;
}

/**
 * Evaluates a monitor from the trace's start to its end. It does not wait for a full window
 * (`requireFullWindow: false`); but of what was before the trace nothing is known, so until the first window is
 * full there is neither too little of anything nor no data.
 * @param every seconds between two evaluations; Datadog's where absent. A trace that has only every fifth
 * minute gives a new value every five minutes, so evaluations are whole steps of the trace apart.
 */
export function evaluateMeasure(measure: WatchedValue, trace: Trace, every?: number): Evaluation {
  const { condition, longestSeconds, delaySeconds, wantsFullWindow } = measure;
  const { stepSeconds } = trace;
  const start = trace.times[0] ?? 0;
  const wanted = every ?? evaluationSeconds(longestSeconds);
  const pace = stepSeconds * Math.ceil(wanted / stepSeconds);
  const end = endOf(trace);
  const firstBad = badSamples(measure, trace);

  const episodes: Episode[] = [];
  let open: Episode | undefined;
  let status: MonitorStatus = "ok";
  let warnings = 0;
  let quietSince = start;
  for (let n = 1; start + n * pace <= end; n++) {
    const until = start + n * pace;
    const value = measure.at(until);
    if (until - start < longestSeconds && (value === undefined || wantsFullWindow)) continue;
    const next = nextStatus(status, value, condition);
    if (next === "warning" && status !== "warning" && status !== "alert") warnings++;
    const silent = next === "no-data" && condition.onMissingData !== "show_and_notify_no_data";
    const fires = next === "alert" || (next === "no-data" && !silent);
    if (fires && !open) {
      const since = Math.max(until - longestSeconds, quietSince);
      const noData = next === "no-data";
      open = {
        firedAt: until + delaySeconds,
        recoveredAt: null,
        cause: noData ? "no data" : "threshold",
        value: value ?? null,
        badSince: noData ? since : (firstBad(since, until) ?? null),
      };
      // An open page stays open while the monitor cannot know.
    } else if (open && !fires && !silent) {
      episodes.push({ ...open, recoveredAt: until + delaySeconds });
      open = undefined;
      quietSince = until;
    }
    status = next;
  }
  return { episodes: open ? [...episodes, open] : episodes, warnings };
}

/** Finds the first sample from a moment on that is beyond the critical threshold; moments never decrease. */
function badSamples(
  { alone, condition }: WatchedValue,
  { times }: Trace,
): (since: number, until: number) => number | undefined {
  const { comparator, thresholds } = condition;
  let row = 0;
  return (since, until) => {
    for (; row < times.length; row++) {
      const time = times[row] ?? 0;
      if (time >= until) return undefined;
      const value = time < since ? undefined : alone(row);
      if (value !== undefined && beyond(value, comparator, thresholds.critical)) return time;
    }
    return undefined;
  };
}
