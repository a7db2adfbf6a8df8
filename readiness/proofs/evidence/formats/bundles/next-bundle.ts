/** Next.js 16 with Turbopack: packages/next/src/diagnostics/build-diagnostics.ts; webpack's builds write no such file. */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { count, oneLine } from "../values.ts";
import { bundle } from "./routes.ts";

const schema = z.array(
  z.looseObject({
    route: z.string().startsWith("/"),
    firstLoadUncompressedJsBytes: count,
    firstLoadChunkPaths: z.array(z.string().min(1)),
  }),
);

export const nextBundle: Format = {
  name: "next-bundle",
  kind: "bundle",
  made: "next build (.next/diagnostics/route-bundle-stats.json)",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const wrong = shape.value.find(
    (r) => (r.firstLoadUncompressedJsBytes === 0) !== (r.firstLoadChunkPaths.length === 0),
  );
  if (wrong) {
    return {
      problem: `it contradicts itself: ${oneLine(wrong.route)} has ${wrong.firstLoadUncompressedJsBytes} bytes in ${wrong.firstLoadChunkPaths.length} files`,
    };
  }
  const measure = bundle(
    shape.value.map((r) => ({ route: r.route, bytes: r.firstLoadUncompressedJsBytes, compressed: false })),
    "build it again",
  );
  if ("problem" in measure) return measure;
  return { tool: "next", version: null, startedAt: null, finishedAt: null, commit: null, measure };
}
