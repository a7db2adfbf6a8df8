/** How long the API takes, class by class, and how often it fails: what samples tell, and what they leave open. */
import { atLeast, confidence, upperBound } from "../../../model/sampling/bounds.ts";
import { allowedAbove, fewestForP95, judgeP95, percentileOf } from "../../../model/sampling/percentile.ts";
import type { ServiceLevels } from "../../../model/service-levels/targets.ts";
import { type Check, judgeOf } from "../check.ts";
import { isError, type Plan, type Sampled } from "../sampler.ts";
import type { Service } from "../subject.ts";

const latency = judgeOf("p95");
const errors = judgeOf("errors");

/** Of the requests that the site lets one address send: the rest is for its visitors behind the same address. */
const ourShare = 0.8;

/**
 * @param wanted samples of each class
 * @param left requests that the site still lets us send
 */
export function planOf({ routes, levels }: Service, wanted: number, left: number): readonly Plan[] {
  // A check never writes.
  const read = routes.filter(({ class: name }) => name !== "write");
  // One of each is for warming up.
  const each = Math.max(0, Math.min(wanted, Math.floor((left * ourShare) / Math.max(1, read.length)) - 1));
  const { failFrom } = allowedAbove(each);
  return read.map(({ class: name, path }) => {
    const limitMs = levels.latency[name].targetMs;
    return { class: name, path, samples: each, limitMs, enoughAbove: failFrom };
  });
}

export function latencies({ levels, routes }: Service, sampled: readonly Sampled[]): readonly Check[] {
  const write = routes.filter(({ class: name }) => name === "write");
  return [
    ...sampled.map((one) => ofClass(one, levels)),
    ...write.map(({ path }) =>
      latency.notAsked(`write ${path}`, "a check never writes: the load test that PRE-09 asks for tells"),
    ),
  ];
}

function ofClass({ class: name, path, samples, ended }: Sampled, levels: ServiceLevels): Check {
  const subject = `${name} ${path}`;
  const { targetMs } = levels.latency[name];
  const [first] = samples;
  if (ended === "refused" && first)
    return latency.unknown(subject, `answers ${first.status} and nothing to measure`);
  if (ended === "down") return latency.fail(subject, `${first?.failure}, twice`);
  const n = samples.length;
  // An error that comes at once is no quick answer.
  const above = samples.filter((one) => one.ms > targetMs || isError(one)).length;
  const { passUpTo } = allowedAbove(n);
  const p95 = percentileOf(
    samples.map(({ ms }) => ms),
    95,
  );
  const figures = `${above} of ${n} above ${targetMs} ms or failed (p95 here ${p95 === undefined ? "unknown" : `${Math.round(p95)} ms`})`;
  const why = {
    slow: "",
    refused: "",
    down: "",
    time: "; the time was up",
    "rate limit": "; more were answered 429, which we had caused",
  }[ended ?? "slow"];
  if (ended === "slow") return latency.fail(subject, `${figures}: slower in more than 5 %`);
  const verdict = judgeP95(above, n);
  if (verdict === "pass")
    return latency.pass(subject, `below ${targetMs} ms, with ${confidence * 100} % confidence: ${figures}`);
  if (verdict === "fail")
    return latency.fail(subject, `above ${targetMs} ms, with ${confidence * 100} % confidence: ${figures}`);
  const needed = n < fewestForP95 ? `${fewestForP95} are needed at least` : `${passUpTo ?? 0} would do`;
  return latency.unknown(subject, `not decided: ${figures}, ${needed}${why}`);
}

/** Over all classes: a share of one in a thousand, no sample of this size can show. */
export function errorRate(
  { levels: { errorRate: level }, name }: Service,
  sampled: readonly Sampled[],
): Check {
  const all = sampled.filter(({ ended }) => ended !== "refused").flatMap(({ samples }) => samples);
  if (all.length === 0) return errors.notAsked(name, "no route of the API has answered to be measured");
  const failed = all.filter(isError);
  const kinds = [...new Set(failed.map(({ status, failure }) => failure ?? String(status)))]
    .slice(0, 3)
    .join(", ");
  const figures = `${failed.length} of ${all.length} failed${kinds && ` (${kinds})`}`;
  if (failed.length > 0 && atLeast(failed.length, all.length, level.alertPercent / 100) <= 1 - confidence) {
    return errors.fail(name, `${figures}: more than ${level.alertPercent} %`);
  }
  const bound = 100 * upperBound(failed.length, all.length);
  if (bound < level.runbookPercent)
    return errors.pass(
      name,
      `${figures}: below ${level.runbookPercent} %, with ${confidence * 100} % confidence`,
    );
  return errors.unknown(
    name,
    `${figures}: it may be ${bound.toFixed(1)} %, ${level.runbookPercent} % is too much`,
  );
}
