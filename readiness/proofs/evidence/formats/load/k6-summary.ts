/**
 * `--summary-export` of k6 1: https://grafana.com/docs/k6/latest/results-output/end-of-test/. Its thresholds are `false`
 * where they are kept; a refused connection takes 0 ms; neither time nor address is in it.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, LoadMeasure, RawFile, Reading, Unreadable } from "../../reading.ts";
import { count, oneLine } from "../values.ts";
import { load } from "./answers.ts";

const metric = z.looseObject({
  /** By expression; true where it is broken. */
  thresholds: z.record(z.string(), z.boolean()).optional(),
  count: count.optional(),
  /** Of a rate: how often it was true, and false. */
  passes: count.optional(),
  fails: count.optional(),
  "p(95)": z.number().min(0).optional(),
});
const schema = z.looseObject({ root_group: z.looseObject({}), metrics: z.record(z.string(), metric) });
type Metrics = ReadonlyMap<string, z.infer<typeof metric>>;

/** k6's summary of another shape, which lists no thresholds. */
const machineReadable = z.looseObject({ metadata: z.looseObject({ k6_version: z.string() }) });

export const k6Summary: Format = {
  name: "k6-summary",
  kind: "load",
  made: "k6 run --summary-export=FILE script.js",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) {
    return "problem" in readShape(bytes, machineReadable)
      ? shape
      : { problem: "it is k6's machine-readable summary, which has no thresholds: use --summary-export" };
  }
  const metrics: Metrics = new Map(Object.entries(shape.value.metrics));
  const thresholds = [...metrics].flatMap(([name, { thresholds = {} }]) =>
    Object.entries(thresholds).map(([expression, broken]) => ({ name: `${name}: ${expression}`, broken })),
  );
  const classes = classesOf(metrics);
  if ("problem" in classes) return classes;
  const broken = thresholds.filter((t) => t.broken).map(({ name }) => name);
  const measure = load(classes, broken);
  if ("problem" in measure) return measure;
  if (thresholds.length === 0) {
    return { problem: "it asks for nothing: give the script thresholds, such as http_req_duration" };
  }
  return { tool: "k6", version: null, startedAt: null, finishedAt: null, commit: null, measure };
}

/** By the tag `class`; k6 shows its metrics where thresholds name them. */
function classesOf(metrics: Metrics): LoadMeasure["classes"] | Unreadable {
  const names = [...metrics.keys()].flatMap(
    (name) => /^http_req[a-z_]*\{class:([^{},]+)\}$/.exec(name)?.[1] ?? [],
  );
  const tagged = [...new Set(names)].sort();
  const classes = [];
  for (const name of tagged.length > 0 ? tagged : ["all"]) {
    const found = classOf(metrics, name, tagged.length > 0 ? `{class:${name}}` : "");
    if ("problem" in found) return found;
    classes.push(found);
  }
  return classes;
}

function classOf(metrics: Metrics, name: string, tag: string): LoadMeasure["classes"][number] | Unreadable {
  const requests = metrics.get(`http_reqs${tag}`)?.count;
  const failed = metrics.get(`http_req_failed${tag}`);
  const times = [metrics.get(`http_req_duration${tag}`)];
  if (requests === undefined || failed?.passes === undefined || failed.fails === undefined || !times[0]) {
    return {
      problem: `it does not count requests, failures and times${tag ? ` of class ${oneLine(name)}` : ""}: give thresholds to http_reqs, http_req_failed and http_req_duration${oneLine(tag)}`,
    };
  }
  if (failed.passes + failed.fails !== requests) {
    return {
      problem: `it contradicts itself: ${requests} requests, ${failed.passes} failed and ${failed.fails} not`,
    };
  }
  // Answers that fail can be quick: the slower of all and of the good ones, which k6 shows of the whole run alone.
  if (tag === "" && failed.fails > 0) times.push(metrics.get("http_req_duration{expected_response:true}"));
  const p95s = times.map((t) => t?.["p(95)"]);
  const p95Ms = p95s.every((p95) => p95 !== undefined) ? Math.max(...p95s) : null;
  return { class: name, requests, failures: failed.passes, p95Ms };
}
