/**
 * JSON of Lighthouse 13: https://github.com/GoogleChrome/lighthouse/blob/main/types/lhr/lhr.d.ts. A page that fails still
 * makes a file. It measures one visit on one machine: no visitor's interaction, so no INP but in a timespan.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { oneLine } from "../values.ts";

const audit = z.looseObject({
  scoreDisplayMode: z.string(),
  numericValue: z.number().min(0).optional(),
  errorMessage: z.string().optional(),
});
const schema = z.looseObject({
  lighthouseVersion: z.string().min(1),
  fetchTime: z.iso.datetime(),
  gatherMode: z.enum(["navigation", "timespan", "snapshot"]),
  requestedUrl: z.url({ protocol: /^https?$/ }).optional(),
  finalDisplayedUrl: z.url({ protocol: /^https?$/ }),
  runtimeError: z.looseObject({ code: z.string(), message: z.string() }).optional(),
  configSettings: z.looseObject({ ignoreStatusCode: z.boolean() }),
  audits: z.record(z.string(), audit),
});

export const lighthouse: Format = {
  name: "lighthouse",
  kind: "performance",
  made: "lighthouse URL --output=json --output-path=FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { requestedUrl, finalDisplayedUrl, runtimeError, configSettings, audits, ...run } = shape.value;
  if (runtimeError) {
    return { problem: `the page was not measured: ${runtimeError.code}: ${oneLine(runtimeError.message)}` };
  }
  if (configSettings.ignoreStatusCode) {
    return { problem: "it was told to measure error pages too: run it without --ignore-status-code" };
  }
  if (run.gatherMode === "snapshot") {
    return { problem: "it is a snapshot, which measures no time: run it on a navigation" };
  }
  const values = new Map(Object.entries(audits).map(([id, found]) => [id, found.numericValue ?? null]));
  const value = (id: string) => values.get(id) ?? null;
  const found = {
    lcpMs: value("largest-contentful-paint"),
    cls: value("cumulative-layout-shift"),
    inpMs: value("interaction-to-next-paint"),
    responseMs: value("server-response-time"),
  };
  if (Object.values(found).every((each) => each === null)) {
    return { problem: "it has no audit of speed: run the category performance" };
  }
  return {
    tool: "lighthouse",
    version: run.lighthouseVersion,
    startedAt: run.fetchTime,
    finishedAt: null,
    commit: null,
    measure: {
      kind: "performance",
      pages: [{ url: requestedUrl ?? finalDisplayedUrl, shown: finalDisplayedUrl, ...found }],
    },
  };
}
