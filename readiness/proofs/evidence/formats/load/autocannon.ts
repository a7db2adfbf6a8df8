/**
 * `autocannon -j` 9: https://github.com/mcollina/autocannon#result-object. It has no 95th percentile, and ends with 0
 * where every answer is an error.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { count } from "../values.ts";
import { load } from "./answers.ts";

const schema = z.looseObject({
  url: z.string(),
  start: z.iso.datetime(),
  finish: z.iso.datetime(),
  /** Without answer, `timeouts` among them. */
  errors: count,
  timeouts: count,
  mismatches: count,
  "2xx": count,
  non2xx: count,
  requests: z.looseObject({ total: count, sent: count }),
  latency: z.looseObject({ totalCount: count }),
});

export const autocannon: Format = {
  name: "autocannon",
  kind: "load",
  made: "autocannon -j URL > FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { start, finish, errors, mismatches, non2xx, "2xx": good, requests } = shape.value;
  if (good + non2xx !== requests.total || requests.total > requests.sent) {
    return {
      problem: `it contradicts itself: ${good} good answers and ${non2xx} others, of ${requests.total} counted and ${requests.sent} sent`,
    };
  }
  const all = {
    class: "all",
    requests: requests.total + errors,
    failures: non2xx + errors + mismatches,
    p95Ms: null,
  };
  const measure = load([all], []);
  if ("problem" in measure) return measure;
  return { tool: "autocannon", version: null, startedAt: start, finishedAt: finish, commit: null, measure };
}
