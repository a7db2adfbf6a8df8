/**
 * `size-limit --json` 14: https://github.com/ai/size-limit/blob/main/packages/size-limit/create-reporter.js. Its entries
 * are compressed with Brotli unless the config says otherwise, which the output does not tell.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { count, oneLine } from "../values.ts";
import { bundle } from "./routes.ts";

const schema = z.array(
  z.looseObject({
    name: z.string().min(1),
    passed: z.boolean(),
    size: count,
    sizeLimit: z.number().min(0).optional(),
  }),
);
const refused = z.looseObject({ error: z.string() });

export const sizeLimit: Format = {
  name: "size-limit",
  kind: "bundle",
  made: "size-limit --json > FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) {
    const refusal = readShape(bytes, refused);
    return "problem" in refusal
      ? shape
      : { problem: `size-limit itself failed: ${oneLine(refusal.value.error.split("\n", 1)[0] ?? "")}` };
  }
  const measure = bundle(
    shape.value.map((r) => ({ route: r.name, bytes: r.size, compressed: true })),
    "correct the paths in size-limit's config, one entry for each route",
  );
  if ("problem" in measure) return measure;
  const wrong = shape.value.find((r) => r.sizeLimit !== undefined && r.passed !== r.size <= r.sizeLimit);
  if (wrong) {
    return {
      problem: `it contradicts itself: ${oneLine(wrong.name)} has ${wrong.size} of ${wrong.sizeLimit} bytes and is said to have ${wrong.passed ? "passed" : "failed"}`,
    };
  }
  return { tool: "size-limit", version: null, startedAt: null, finishedAt: null, commit: null, measure };
}
