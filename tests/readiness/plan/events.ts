/** Events of a preview as the engine writes them with `--event-log`: test equipment. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Inputs } from "../../../readiness/plan/plan.ts";

export interface Step {
  readonly op: string;
  readonly type: string;
  readonly name: string;
  readonly before?: Inputs;
  readonly after?: Inputs;
  readonly diffs?: readonly string[];
  /** Paths that a provider told of. */
  readonly paths?: readonly string[];
}

export function step({ op, type, name, before, after, diffs, paths }: Step): object {
  const state = (inputs?: Inputs) => (inputs ? { type, inputs, outputs: {} } : null);
  const detailedDiff = paths ? Object.fromEntries(paths.map((path) => [path, { diffKind: "update" }])) : null;
  const urn = `urn:pulumi:staging::readiness::readiness:index:Database$${type}::${name}`;
  return {
    sequence: 1,
    timestamp: 1,
    resourcePreEvent: {
      metadata: { op, urn, type, old: state(before), new: state(after), diffs, detailedDiff, logical: true },
      planning: true,
    },
  };
}

export const ended = {
  summaryEvent: { maybeCorrupt: false, resourceChanges: { same: 1 }, result: "succeeded" },
};
export const failed = {
  summaryEvent: { maybeCorrupt: false, resourceChanges: { same: 1 }, result: "failed" },
};

/** Writes a log and gives its path. */
export function writeEvents(folder: string, events: readonly object[], name = "events.jsonl"): string {
  const file = join(folder, name);
  writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  return file;
}
