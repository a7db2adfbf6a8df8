/**
 * `npm audit --json`, auditReportVersion 2: https://github.com/npm/cli/blob/latest/workspaces/arborist/lib/audit-report.js.
 * It tells neither which lockfile it read nor when the registry's advisories are from.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { count, oneLine } from "../values.ts";
import { known, type VulnerabilitySeverity } from "./known.ts";

const severities = ["info", "low", "moderate", "high", "critical"] as const;
const vulnerability = z.looseObject({
  severity: z.enum(severities),
  /** The advisories themselves, or the names of the dependencies that have them. */
  via: z.array(z.union([z.string(), z.looseObject({ url: z.string() })])).min(1),
  range: z.string(),
});
const schema = z.looseObject({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), vulnerability),
  metadata: z.looseObject({
    vulnerabilities: z.object({
      info: count,
      low: count,
      moderate: count,
      high: count,
      critical: count,
      total: count,
    }),
    dependencies: z.looseObject({ total: count }),
  }),
});
type Found = ReadonlyMap<string, z.infer<typeof vulnerability>>;

/** What npm prints where the registry gave no advisories. */
const refused = z.looseObject({ message: z.string(), error: z.looseObject({}) });

export const npmAudit: Format = {
  name: "npm-audit",
  kind: "vulnerabilities",
  made: "npm audit --json > FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) {
    const refusal = readShape(bytes, refused);
    return "problem" in refusal
      ? shape
      : { problem: `the registry gave no advisories: ${oneLine(refusal.value.message)}; run it again` };
  }
  const { metadata, vulnerabilities } = shape.value;
  const found: Found = new Map(Object.entries(vulnerabilities));
  for (const severity of severities) {
    const listed = [...found.values()].filter((v) => v.severity === severity).length;
    const said = metadata.vulnerabilities[severity];
    if (listed !== said) {
      return {
        problem: `it contradicts itself: metadata has ${said} of severity ${severity}, it lists ${listed}`,
      };
    }
  }
  if (metadata.vulnerabilities.total !== found.size) {
    return {
      problem: `it contradicts itself: metadata has ${metadata.vulnerabilities.total} vulnerabilities, it lists ${found.size}`,
    };
  }
  const measure = known(
    [...found].map(([name, { severity, range }]) => ({
      severity: (severity === "info" ? "low" : severity) satisfies VulnerabilitySeverity,
      name: `${name} ${range}: ${[...advisories(name, found)].join(", ")}`,
    })),
    { dependencies: metadata.dependencies.total, databaseFrom: null, sources: [] },
  );
  if ("problem" in measure) return measure;
  return { tool: "npm", version: null, startedAt: null, finishedAt: null, commit: null, measure };
}

/** Ids of the advisories of a package, and of the dependencies through which it has them. */
function advisories(name: string, found: Found): ReadonlySet<string> {
  const ids = new Set<string>();
  const seen = new Set([name]);
  for (const next of seen) {
    for (const via of found.get(next)?.via ?? []) {
      if (typeof via === "string") seen.add(via);
      else ids.add(via.url.slice(via.url.lastIndexOf("/") + 1));
    }
  }
  return ids;
}
