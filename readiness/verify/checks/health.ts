/** A service's health by the contract in docs/requirements.md, and whether it can be believed. */
import { z } from "zod";
import { parseJson } from "../../foreign-json.ts";
import { clean } from "../../terminal/layout.ts";
import { type Check, judgeOf } from "../check.ts";
import { type Answer, header } from "../exchange.ts";
import type { NoAnswer } from "../no-answer.ts";
import type { Site } from "../site.ts";
import type { Service } from "../subject.ts";

const health = judgeOf("health");
const fresh = judgeOf("health is fresh");
const commits = judgeOf("commit");

const state = z.union([
  z.string(),
  z.boolean(),
  z.looseObject({ status: z.union([z.string(), z.boolean()]) }),
]);
const contract = z.looseObject({
  status: z.string(),
  timestamp: z.iso.datetime({ offset: true }),
  uptime: z.number().min(0),
  checks: z.looseObject({ database: state, redis: state, memory: state }),
  commit: z.string().optional(),
});
/** Of an address of anybody's, whoever has another contract. */
const loose = z.looseObject({ status: z.string() });
export type Health = z.output<typeof contract>;

/** The status of the answer for each state. */
const statuses: Readonly<Record<string, number>> = { healthy: 200, degraded: 503, unhealthy: 500 };
const well = /^(healthy|up|ok|pass|true|connected|ready)$/i;
/** Ours: clocks of two machines that keep their time. */
const mostSeconds = 60;
const uncached = { "cache-control": "no-cache" };

export interface Told {
  readonly checks: readonly Check[];
  /** What the site says that it runs. */
  readonly commit: string | undefined;
}

/** @param wanted the commit that has to run; any where absent */
export async function healthOf(
  site: Site,
  { healthPath: path }: Service,
  wanted: string | undefined,
): Promise<Told> {
  const ask = () => site.ask(path, { headers: uncached });
  const first = await ask();
  const anybodys = site.subject.stack === undefined;
  if ("failure" in first) return { checks: [health.fail(path, first.failure)], commit: undefined };
  if (anybodys && (first.status === 404 || !/json/.test(header(first, "content-type") ?? ""))) {
    return { checks: [health.notAsked(path, "there is none")], commit: undefined };
  }
  const seen = jsonIn(first.text);
  const read = contract.safeParse(seen);
  if (!read.success) {
    const told = loose.safeParse(seen);
    const what = told.success
      ? `${clean(told.data.status).slice(0, 40)}, and not all of its contract`
      : "nothing of its health";
    const missing = told.success
      ? `: ${[...new Set(read.error.issues.map((i) => i.path.join(".")))].slice(0, 5).join(", ")}`
      : "";
    const said = `answers ${first.status} and tells ${what}${missing}`;
    return {
      checks: [(anybodys && told.success ? health.unknown : health.fail)(path, clean(said))],
      commit: undefined,
    };
  }
  const { commit } = read.data;
  const checks = [
    standing(path, first, read.data),
    await freshness(path, first, read.data, ask, site.settings.clock()),
    ...ofCommit(path, commit, wanted),
  ];
  return { checks, commit };
}

function standing(path: string, { status }: Answer, { status: says, checks }: Health): Check {
  const bad = Object.entries(checks).filter(([, one]) => !well.test(stateOf(one)));
  const list = clean(bad.map(([name, one]) => `${name}: ${stateOf(one)}`).join(", ")).slice(0, 300);
  const told = `${clean(says).slice(0, 40)}${list && ` (${list})`}`;
  if (status === 200 && says !== "healthy")
    return health.fail(
      path,
      `answers 200 and says ${told}: a check that reads the status alone takes it for well`,
    );
  if (says === "healthy" && status !== 200) return health.fail(path, `answers ${status} and says ${told}`);
  if (says !== "healthy") {
    const odd = statuses[says] !== status ? `, must answer ${statuses[says] ?? "200, 503 or 500"}` : "";
    return health.fail(path, `answers ${status}, ${told}${odd}`);
  }
  if (bad.length > 0) return health.fail(path, `says healthy, and ${list}`);
  return health.pass(path, `healthy: ${Object.keys(checks).join(", ")}`);
}

function stateOf(check: unknown): string {
  return String(Object(check).status ?? check);
}

/** Asked twice: what a cache answers was true once. */
async function freshness(
  path: string,
  first: Answer,
  one: Health,
  ask: () => Promise<Answer | NoAnswer>,
  now: Date,
): Promise<Check> {
  const kept = cachedBy(first);
  if (kept !== undefined)
    return fresh.fail(path, `${kept}: it comes from a cache, must be told anew each time`);
  const second = await ask();
  if ("failure" in second) return fresh.fail(path, `a second time it ${second.failure}`);
  const keptNow = cachedBy(second);
  if (keptNow !== undefined)
    return fresh.fail(path, `${keptNow} the second time: it comes from a cache, must be told anew`);
  const other = contract.safeParse(jsonIn(second.text));
  if (!other.success) return fresh.fail(path, "a second time it tells something else than its health");
  // A timestamp may have whole seconds, an uptime too; both at once, in answers one after another, do for a cache.
  if (one.timestamp === other.data.timestamp && !/:\d\dZ$/.test(one.timestamp)) {
    return fresh.fail(
      path,
      "two answers have the same timestamp: it comes from a cache, must be told anew each time",
    );
  }
  const date = header(first, "date");
  const reference = date === undefined || Number.isNaN(Date.parse(date)) ? now.getTime() : Date.parse(date);
  const seconds = Math.round((Date.parse(one.timestamp) - reference) / 1000);
  if (seconds > mostSeconds) return fresh.fail(path, `its timestamp is ${seconds} s in the future`);
  if (seconds < -mostSeconds)
    return fresh.fail(path, `its timestamp is ${-seconds} s old, must be that of the answer`);
  return fresh.pass(path, "asked twice, told anew each time");
}

/** What shows that an answer was kept; nothing where nothing does. */
export function cachedBy(answer: Answer): string | undefined {
  const age = header(answer, "age");
  if (age !== undefined && Number(age) > 0) return `Age is ${Number(age)}`;
  for (const name of ["x-vercel-cache", "cf-cache-status", "x-cache", "x-cache-status"]) {
    const value = header(answer, name);
    if (value !== undefined && /^(hit|stale|revalidated)\b/i.test(value))
      return `${name} says ${clean(value).slice(0, 40)}`;
  }
  return undefined;
}

function ofCommit(path: string, seen: string | undefined, wanted: string | undefined): readonly Check[] {
  if (wanted === undefined)
    return seen === undefined ? [] : [commits.notAsked(path, `${clean(seen).slice(0, 64)} runs`)];
  if (seen === undefined) return [commits.unknown(path, "the health tells no commit")];
  const same = seen.length >= 7 && wanted.startsWith(seen.toLowerCase());
  const short = (id: string) => clean(id).slice(0, 12);
  return [
    same
      ? commits.pass(path, `${short(seen)} runs`)
      : commits.fail(path, `${short(seen)} runs, must be ${short(wanted)}`),
  ];
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
