/** What was watched so far, kept after every minute: whoever is interrupted goes on where they were. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { UsageError } from "../../errors.ts";
import { parseJson } from "../../foreign-json.ts";
import { writeWhole } from "../../terminal/out-file.ts";
import type { Phase } from "../phases.ts";

const count = z.int().min(0);
const outcome = z.enum(["pass", "fail", "unknown"]);
const deployedVersion = z.strictObject({
  version: z.string().max(64),
  requests: count,
  errors: count,
  p95Ms: count.nullable(),
});
/** What Datadog knows of a service's versions, up to a minute. */
const versionLook = z.strictObject({
  service: z.string(),
  /** Why nothing is known; null where something is. */
  problem: z.string().nullable(),
  /** The version that runs, since the watch began. */
  now: deployedVersion.nullable(),
  /** The one before it, in the same window; null where there was none. */
  before: deployedVersion.nullable(),
  /** Whether it fails no more often than the one before. */
  errors: outcome,
  /**
   * Of so many requests, how many took longer than p95 of the one before, and would have there; null where that is not
   * known.
   */
  slow: z.strictObject({ outcome, requests: count, slower: count, expected: count }).nullable(),
});
const minute = z.strictObject({
  /** Whole minutes since the watch began. */
  minute: count,
  requests: count,
  errors: count,
  /** Slower than the path was before, or than its alert level. */
  slower: count,
  /** Of every request, in milliseconds. */
  ms: z.array(count),
  /** What the site said that it runs; null where it did not. */
  commit: z.string().max(64).nullable(),
  /** Names of monitors that were alerting; null where nobody was asked. */
  alerting: z.array(z.string()).nullable(),
  /** Of each service; null where nobody was asked. */
  versions: z.array(versionLook).nullable().default(null),
});
const state = z.strictObject({
  format: z.literal("verify-watch-1.0"),
  url: z.string(),
  phase: z.enum(["10m", "1h", "24h"]),
  commit: z.string().nullable(),
  startedAt: z.iso.datetime(),
  /** How much more errors came together than by chance, before; 1 where nothing tells. */
  dispersion: z.number().min(1),
  minutes: z.array(minute).max(1_440),
});

export type DeployedVersion = z.output<typeof deployedVersion>;
export type VersionLook = z.output<typeof versionLook>;
export type WatchedMinute = z.output<typeof minute>;
export type WatchState = z.output<typeof state>;
export type WatchPhase = Exclude<Phase, "smoke">;

export const minutesOf: Readonly<Record<WatchPhase, number>> = { "10m": 10, "1h": 60, "24h": 1_440 };

/**
 * The watch that is not over yet; a new one where there is none, or that of another release.
 * @throws UsageError for a file that nobody can read
 */
export function resumed(file: string, fresh: WatchState, now: number): WatchState {
  if (!existsSync(file)) return fresh;
  let read: ReturnType<typeof state.safeParse>;
  try {
    read = state.safeParse(parseJson(readFileSync(file, "utf8")));
  } catch {
    throw new UsageError(`${file} is no state of a watch: remove it to begin again`);
  }
  if (!read.success) throw new UsageError(`${file} is no state of a watch: remove it to begin again`);
  const { url, phase, commit, startedAt } = read.data;
  const same = url === fresh.url && phase === fresh.phase && commit === fresh.commit;
  const over = now >= Date.parse(startedAt) + minutesOf[phase] * 60_000;
  return same && !over ? read.data : fresh;
}

export function keep(file: string, watched: WatchState): void {
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, `${JSON.stringify(watched)}\n`, "--folder");
}
