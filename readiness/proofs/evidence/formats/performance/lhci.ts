/**
 * `assertion-results.json` of Lighthouse CI 0.15: https://github.com/GoogleChrome/lighthouse-ci/blob/main/docs/configuration.md#includepassedassertions.
 * Without that option it lists failures alone, and none looks like all well. Its addresses are those after redirects.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, PerformanceMeasure, RawFile, Reading, Unreadable } from "../../reading.ts";

const assertion = z.looseObject({
  name: z.string(),
  auditId: z.string().optional(),
  url: z.url({ protocol: /^https?$/ }),
  passed: z.boolean(),
  values: z.array(z.number().min(0)),
});
const schema = z.array(assertion);

export const lhci: Format = {
  name: "lhci",
  kind: "performance",
  made: "lhci collect && lhci assert (.lighthouseci/assertion-results.json, with includePassedAssertions)",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const all = shape.value;
  if (!all.some(({ passed }) => passed)) {
    return { problem: "it lists failures alone, if any: set includePassedAssertions in LHCI's config" };
  }
  const measured = all.filter(({ name, values }) => name === "maxNumericValue" && values.length > 0);
  const pages = [...new Set(measured.map(({ url }) => url))].map(
    (url): PerformanceMeasure["pages"][number] => {
      const value = (id: string) =>
        median(measured.find((a) => a.url === url && a.auditId === id)?.values ?? []);
      return {
        url,
        shown: url,
        lcpMs: value("largest-contentful-paint"),
        cls: value("cumulative-layout-shift"),
        inpMs: value("interaction-to-next-paint"),
        responseMs: value("server-response-time"),
      };
    },
  );
  const missing = all.find(({ url }) => !pages.some((p) => p.url === url && hasSpeed(p)));
  if (missing) {
    return {
      problem: `it asserts no speed of ${missing.url}: assert maxNumericValue of largest-contentful-paint and cumulative-layout-shift`,
    };
  }
  const measure = { kind: "performance", pages } as const;
  return { tool: "lhci", version: null, startedAt: null, finishedAt: null, commit: null, measure };
}

function hasSpeed({ lcpMs, cls, responseMs }: PerformanceMeasure["pages"][number]): boolean {
  return lcpMs !== null || cls !== null || responseMs !== null;
}

/** Of the runs of a page, the worse of the two in the middle; LHCI's own `actual` is the best of all by default. */
function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}
