/** What is asked each minute, and what is slow of each: its p95 before this release, else the level of its alert. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { percentileOf } from "../../../model/sampling/percentile.ts";
import { dispersionOf } from "../../../model/sampling/watch.ts";
import { UsageError } from "../../errors.ts";
import { parseJson } from "../../foreign-json.ts";
import type { Subject } from "../subject.ts";

export interface Target {
  readonly path: string;
  readonly slowMs: number;
  /** Whether its health is read. */
  readonly health: boolean;
}

/** What is known of the time before. */
export interface Baseline {
  /** In milliseconds, by path. */
  readonly p95: ReadonlyMap<string, number>;
  /** How much more errors come together than by chance. */
  readonly dispersion: number;
}

export const noBaseline: Baseline = { p95: new Map(), dispersion: 1 };

const count = z.number().min(0);
const before = z.looseObject({
  format: z.enum(["verify-1.0", "verify-1.1"]),
  samples: z.array(z.looseObject({ path: z.string(), samples: z.array(z.looseObject({ ms: count })) })),
  watch: z.looseObject({ minutes: z.array(z.looseObject({ requests: count, errors: count })) }).nullable(),
});
/** Fewer tell no p95. */
const fewest = 59;

/** @throws UsageError */
export function baselineOf(file: string): Baseline {
  let read: ReturnType<typeof before.safeParse>;
  try {
    read = before.safeParse(parseJson(readFileSync(file, "utf8")));
  } catch (error) {
    throw new UsageError(`--before ${file}: ${error instanceof Error ? error.message : error}`);
  }
  if (!read.success) throw new UsageError(`--before ${file} must be a report of verify in JSON`);
  const enough = read.data.samples.filter(({ samples }) => samples.length >= fewest);
  const times = enough.map(({ path, samples }) => {
    const p95 = percentileOf(
      samples.map(({ ms }) => ms),
      95,
    );
    return [path, p95 ?? 0] as const;
  });
  return { p95: new Map(times), dispersion: dispersionOf(read.data.watch?.minutes ?? []) };
}

/** No route that writes. */
export function targetsOf({ services }: Subject, { p95 }: Baseline): readonly Target[] {
  return services.flatMap(({ healthPath, pages, routes, levels }) => [
    { path: healthPath, slowMs: p95.get(healthPath) ?? levels.overallLatency.alertMs, health: true },
    ...pages.map(({ path }) => ({
      path,
      slowMs: p95.get(path) ?? levels.pageResponseMs,
      health: false,
    })),
    ...routes
      .filter((route) => route.class !== "write")
      .map(({ class: kind, path }) => ({
        path,
        slowMs: p95.get(path) ?? levels.latency[kind].alertMs,
        health: false,
      })),
  ]);
}
