/**
 * A report of `verify` that watched a deployment. What it says of errors is worked out again from its minutes: the same
 * arithmetic as the command's, so that a verdict that was edited contradicts its samples.
 */
import { z } from "zod";
import { brokenShare, judgeWatch } from "../../../../../model/sampling/watch.ts";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable, WatchMeasure } from "../../reading.ts";
import { commitId, count, oneLine } from "../values.ts";

const minute = z.looseObject({
  minute: count,
  requests: count,
  errors: count,
  slower: count,
  ms: z.array(count),
});
const schema = z.looseObject({
  format: z.enum(["verify-1.0", "verify-1.1"]),
  tool: z.looseObject({ version: z.string() }),
  url: z.url({ protocol: /^https?$/ }),
  phase: z.enum(["smoke", "10m", "1h", "24h"]),
  commit: z.looseObject({ wanted: commitId.nullable(), seen: z.string().nullable() }),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  checks: z.array(
    z.looseObject({
      check: z.string(),
      subject: z.string(),
      outcome: z.enum(["pass", "fail", "unknown", "not asked"]),
    }),
  ),
  watch: z
    .looseObject({ startedAt: z.iso.datetime(), dispersion: z.number().min(1), minutes: z.array(minute) })
    .nullable(),
});
type Report = z.output<typeof schema>;

const lengths = { "watch-10m": 10, "watch-1h": 60 } as const;

function format(name: string, kind: WatchMeasure["kind"], phase: Report["phase"]): Format {
  return {
    name,
    kind,
    made: `npm run verify -- --stack STACK --commit COMMIT --phase ${phase} --format json --out FILE`,
    read: (file) => read(file, kind, phase),
  };
}

export const verifyWatches: readonly Format[] = [
  format("verify-10m", "watch-10m", "10m"),
  format("verify-1h", "watch-1h", "1h"),
];

function read({ bytes }: RawFile, kind: WatchMeasure["kind"], wanted: Report["phase"]): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { phase, watch, commit, tool, startedAt, finishedAt, url, checks } = shape.value;
  if (phase !== wanted) return { problem: `it is of the phase ${phase}: give that of --phase ${wanted}` };
  if (!watch) return { problem: "nothing was watched: what it says was wrong before has to be mended first" };
  const odd = contradiction(shape.value, watch, lengths[kind]);
  if (odd !== undefined) return { problem: `it contradicts itself: ${odd}` };
  const { errors, requests, outcome } = judgeWatch(watch.minutes, watch.dispersion, lengths[kind]);
  const named = (which: "fail" | "unknown") =>
    checks.filter((one) => one.outcome === which).map(({ check, subject }) => oneLine(`${check} ${subject}`));
  return {
    tool: "verify",
    version: tool.version,
    startedAt,
    finishedAt,
    commit: commit.wanted ?? commitId.safeParse(commit.seen).data ?? null,
    measure: {
      kind: kind as "watch-10m",
      host: new URL(url).host,
      minutes: watch.minutes.length,
      requests,
      errors,
      shown: outcome === "pass",
      failed: named("fail"),
      unknown: named("unknown"),
    },
  };
}

function contradiction(
  { startedAt, finishedAt, checks, commit }: Report,
  { minutes, dispersion }: NonNullable<Report["watch"]>,
  length: number,
): string | undefined {
  if (Date.parse(finishedAt) < Date.parse(startedAt)) return "it finished before it started";
  const numbers = minutes.map((one) => one.minute);
  if (numbers.some((number, i) => number >= length || number <= (numbers[i - 1] ?? -1))) {
    return "its minutes are not in order";
  }
  const wrong = minutes.find(
    ({ requests, errors, ms }) => errors > requests || ms.length + errors > requests,
  );
  if (wrong) return `minute ${wrong.minute} has more answers than requests`;
  const { wanted, seen } = commit;
  if (wanted !== null && seen !== null && !wanted.startsWith(seen))
    return "another commit ran than was to run";
  const said = checks.some(({ check, outcome }) => check === "errors" && outcome === "fail");
  const failed = judgeWatch(minutes, dispersion, length).outcome === "fail";
  return failed && !said
    ? `its errors are those of a broken release, above ${brokenShare * 100} %`
    : undefined;
}
