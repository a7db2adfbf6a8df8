/**
 * A report of `verify` that looked up the records which a stack asks for. What it says of each is worked out again from
 * what was answered, so that a verdict that was edited changes nothing.
 */
import { z } from "zod";
import { judgeRecord } from "../../../../../model/evidence/dns-records.ts";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { commitId, oneLine } from "../values.ts";

const texts = z.array(z.string());
const schema = z.looseObject({
  format: z.literal("verify-1.1"),
  tool: z.looseObject({ version: z.string() }),
  url: z.url({ protocol: /^https?$/ }),
  commit: z.looseObject({ wanted: commitId.nullable(), seen: z.string().nullable() }),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  checks: z.array(z.looseObject({ check: z.string(), outcome: z.string() })),
  records: z.array(
    z.looseObject({
      name: z.string(),
      type: z.string(),
      expected: texts,
      found: texts.nullable(),
      problem: z.string().nullable(),
      addresses: z.looseObject({ found: texts, target: texts }).nullable(),
    }),
  ),
});

export const verifyRecords: Format = {
  name: "verify-records",
  kind: "records",
  made: "npm run verify -- --stack STACK --state STATE --format json --out FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { records, checks, commit, tool, url, startedAt, finishedAt } = shape.value;
  if (records.length === 0)
    return { problem: "no record was looked up: give --stack, and --state with what is deployed" };
  if (Date.parse(finishedAt) < Date.parse(startedAt))
    return { problem: "it contradicts itself: it finished before it started" };
  const signatures = new Set(checks.filter(({ check }) => check === "DNSSEC").map(({ outcome }) => outcome));
  const alone = (outcome: string) => signatures.size === 1 && signatures.has(outcome);
  return {
    tool: "verify",
    version: tool.version,
    startedAt,
    finishedAt,
    commit: commit.wanted ?? commitId.safeParse(commit.seen).data ?? null,
    measure: {
      kind: "records",
      host: new URL(url).host,
      records: records.map((look) => {
        const { outcome, said } = judgeRecord(look);
        const [name, type] = [oneLine(look.name), oneLine(look.type)];
        return { name, type, wanted: look.expected.length > 0, outcome, said: oneLine(said) };
      }),
      signed: signatures.has("fail") ? false : alone("pass") || null,
    },
  };
}
