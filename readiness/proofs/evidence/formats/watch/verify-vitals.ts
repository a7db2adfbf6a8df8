/** A report of `verify` whose browser has measured pages. */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { commitId } from "../values.ts";

const figure = z.number().min(0).nullable();
const url = z.url({ protocol: /^https?$/ });
const schema = z.looseObject({
  format: z.enum(["verify-1.0", "verify-1.1"]),
  tool: z.looseObject({ version: z.string() }),
  commit: z.looseObject({ wanted: commitId.nullable(), seen: z.string().nullable() }),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  pages: z.array(
    z.looseObject({ url, shown: url, lcpMs: figure, cls: figure, inpMs: figure, responseMs: figure }),
  ),
});

export const verifyVitals: Format = {
  name: "verify-vitals",
  kind: "performance",
  made: "npm run verify -- --stack STACK --commit COMMIT --format json --out FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { pages, commit, tool, startedAt, finishedAt } = shape.value;
  const { wanted, seen } = commit;
  if (pages.length === 0) return { problem: "no browser measured a page: give it one, and a test account" };
  if (wanted !== null && seen !== null && !wanted.startsWith(seen)) {
    return { problem: "it contradicts itself: another commit ran than was to run" };
  }
  return {
    tool: "verify",
    version: tool.version,
    startedAt,
    finishedAt,
    commit: wanted ?? commitId.safeParse(seen).data ?? null,
    measure: {
      kind: "performance",
      pages: pages.map(({ url: asked, shown, lcpMs, cls, inpMs, responseMs }) => ({
        url: asked,
        shown,
        lcpMs,
        cls,
        inpMs,
        responseMs,
      })),
    },
  };
}
