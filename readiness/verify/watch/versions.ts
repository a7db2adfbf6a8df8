/**
 * What Datadog's Deployment Tracking shows, asked of the metrics it is made of: how many requests of each version, how
 * many failed, how long they took; of the version that runs, beside the one before it in the same window.
 */
import { z } from "zod";
import { aboveQuery, seriesQuery } from "../../../model/alerts/query.ts";
import { deploymentTags, errorCount, latency, requestCount } from "../../../model/alerts/telemetry.ts";
import type { ServiceSpec, StackSpec } from "../../../model/config/stack-spec.ts";
import { fewestForP95, percentileOf } from "../../../model/sampling/percentile.ts";
import {
  type Compared,
  compareVersions,
  type Endpoint,
  failing,
  slower,
} from "../../../model/sampling/versions.ts";
import type { Minute } from "../../../model/sampling/watch.ts";
import { ask } from "../../ask.ts";
import { UsageError } from "../../errors.ts";
import { clean } from "../../terminal/layout.ts";
import type { Access } from "../../vendors/access.ts";
import type { DeployedVersion, VersionLook } from "./state.ts";

/** Of a watch, at one moment of it. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly began: number;
  readonly now: number;
  /** How often it is looked in all. */
  readonly looks: number;
  /** That runs, where it is known. */
  readonly commit: string | null;
}

/** The version before has at least so long to show itself. */
const fewestBeforeMs = 60 * 60_000;
const minuteMs = 60_000;
/** Points of a series; Datadog widens the interval where there would be many more. */
const mostPoints = 240;

const answer = z.looseObject({
  data: z.looseObject({
    attributes: z.looseObject({
      series: z.array(
        z.looseObject({ group_tags: z.array(z.string()).nullish(), query_index: z.int().min(0).nullish() }),
      ),
      times: z.array(z.number()),
      values: z.array(z.array(z.number().nullable())),
    }),
  }),
});

/** One line of a graph. */
interface Line {
  readonly query: number;
  readonly version: string;
  readonly endpoint: string;
  /** By the moment at which its interval begins. */
  readonly points: ReadonlyMap<number, number>;
}

/** @returns what is known of each service's versions; where nothing is, why */
export async function versionsOf(spec: StackSpec, access: Access, moment: Moment): Promise<VersionLook[]> {
  const { services } = spec;
  // A commit is one service's.
  const commit = services.length === 1 ? moment.commit : null;
  return Promise.all(
    services.map(async (service) => {
      try {
        return await versionOf(spec, service, access, { ...moment, commit });
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        return nothing(service, clean(error.message));
      }
    }),
  );
}

async function versionOf(
  spec: StackSpec,
  service: ServiceSpec,
  access: Access,
  moment: Moment,
): Promise<VersionLook> {
  const { began, looks, commit } = moment;
  const by = deploymentTags;
  const counts = [
    { ...requestCount(spec, service), by },
    { ...errorCount(spec, service), by },
  ];
  const p95 = { ...latency(spec, service, "p95"), by: ["version"] };
  const lines = await linesOf(
    access,
    moment,
    [...counts, p95].map((series) => seriesQuery(series)),
  );
  const versions = [...new Set(lines.map(({ version }) => version))];
  const now = commit === null ? newest(lines) : versions.find((version) => isOf(version, commit));
  if (now === undefined) {
    return nothing(
      service,
      commit === null
        ? "Datadog has no request of any version"
        : `Datadog has no request of version ${commit.slice(0, 12)}`,
    );
  }
  const all = (version: string) => sumOf(lines, 0, version);
  const [before] = versions.filter((one) => one !== now && all(one) > 0).sort((a, b) => all(b) - all(a));
  const p95Of = (version: string) => {
    const seconds = lines.filter((line) => line.query === 2 && line.version === version);
    return (
      percentileOf(
        seconds.flatMap(({ points }) => [...points.values()]),
        50,
      ) ?? null
    );
  };
  const failed = compareVersions(endpointsOf(lines, lines, 1, now, before, began), failing, looks);
  const limit = before !== undefined && all(before) >= fewestForP95 ? p95Of(before) : null;
  let slow: Compared | undefined;
  if (limit !== null) {
    const above = aboveQuery({ ...latency(spec, service, "count"), as: "count", by }, limit);
    const found = await linesOf(access, moment, [above]);
    slow = compareVersions(endpointsOf(lines, found, 0, now, before, began), slower, looks);
  }
  const told = (version: string, requests: number, errors: number): DeployedVersion => ({
    version: clean(version).slice(0, 64),
    requests,
    errors,
    p95Ms: milliseconds(p95Of(version)),
  });
  return {
    service: service.name,
    problem: null,
    now: told(now, failed.requests, failed.wrong),
    before: before === undefined ? null : told(before, all(before), sumOf(lines, 1, before)),
    errors: failed.outcome,
    slow: slow
      ? {
          outcome: slow.outcome,
          requests: slow.requests,
          slower: slow.wrong,
          expected: Math.round(slow.expected),
        }
      : null,
  };
}

function nothing({ name: service }: ServiceSpec, problem: string): VersionLook {
  return { service, problem, now: null, before: null, errors: "unknown", slow: null };
}

/** A version may be told by the beginning of a commit's id. */
function isOf(version: string, commit: string): boolean {
  return version.length >= 7 && (commit.startsWith(version) || version.startsWith(commit));
}

/** The one that was seen first at the latest moment. */
function newest(lines: readonly Line[]): string | undefined {
  const first = new Map<string, number>();
  for (const { query, version, points } of lines) {
    if (query !== 0) continue;
    for (const [at, value] of points) {
      if (value > 0) first.set(version, Math.min(first.get(version) ?? at, at));
    }
  }
  return [...first].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function sumOf(lines: readonly Line[], query: number, version: string): number {
  const own = lines.filter((line) => line.query === query && line.version === version);
  return own.reduce((sum, { points }) => [...points.values()].reduce((all, value) => all + value, sum), 0);
}

/**
 * Endpoint by endpoint, the minutes of both versions.
 * @param lines the requests, as their first query
 * @param of the lines of what went wrong, as this query of theirs
 */
function endpointsOf(
  lines: readonly Line[],
  of: readonly Line[],
  query: number,
  now: string,
  before: string | undefined,
  began: number,
): readonly Endpoint[] {
  const times = [...new Set(lines.flatMap(({ points }) => [...points.keys()]))].sort((a, b) => a - b);
  const names = [...new Set(lines.filter((line) => line.query === 0).map(({ endpoint }) => endpoint))];
  const minutes = (version: string | undefined, endpoint: string, from: number): readonly Minute[] => {
    const own = (line: Line) => line.version === version && line.endpoint === endpoint;
    const asked = lines.find((line) => line.query === 0 && own(line))?.points;
    const wrong = of.find((line) => line.query === query && own(line))?.points;
    return times.map((at) => {
      const requests = at < from ? 0 : Math.round(asked?.get(at) ?? 0);
      // What is late is counted with the next look.
      return { requests, errors: Math.min(requests, Math.round(wrong?.get(at) ?? 0)) };
    });
  };
  return names.map((name) => ({ now: minutes(now, name, began), before: minutes(before, name, 0) }));
}

async function linesOf(
  { url, headers }: Access,
  { began, now }: Moment,
  queries: readonly string[],
): Promise<readonly Line[]> {
  const from = began - Math.max(fewestBeforeMs, now - began);
  const interval = minuteMs * Math.max(1, Math.ceil((now - from) / minuteMs / mostPoints));
  const names = queries.map((_, i) => `q${i}`);
  const attributes = {
    from,
    to: now,
    interval,
    formulas: names.map((formula) => ({ formula })),
    queries: queries.map((query, i) => ({ data_source: "metrics", name: names[i], query })),
  };
  const request = {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ data: { type: "timeseries_request", attributes } }),
  };
  const hint = (status: number) => (status === 403 ? ": the keys may not query (timeseries_query)" : "");
  const found = await ask(new URL("/api/v2/query/timeseries", url), request, answer, hint);
  const { series, times, values } = found.data.attributes;
  return series.flatMap(({ group_tags: tags, query_index: query }, i) => {
    const value = (tag: string) =>
      tags?.find((one) => one.startsWith(`${tag}:`))?.slice(tag.length + 1) ?? "";
    const version = value("version");
    // What tells no version is of none.
    if (version === "" || version.toLowerCase() === "n/a") return [];
    const points = times.flatMap((at, j) => {
      const point = values[i]?.[j];
      return point === null || point === undefined ? [] : [[at, point] as const];
    });
    return [{ query: query ?? 0, version, endpoint: value("resource_name"), points: new Map(points) }];
  });
}

function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1_000);
}
