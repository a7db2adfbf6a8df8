/**
 * CycloneDX with vulnerabilities (VDR), JSON of 1.4 to 1.7: https://cyclonedx.org/docs/1.6/json/#vulnerabilities. What
 * its author declares not to concern him (`analysis`) counts all the same. A bill of materials alone proves nothing; where
 * it is Trivy's, its list of vulnerabilities is there and empty.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { known, type VulnerabilitySeverity, vulnerabilitySeverity } from "./known.ts";

const rating = z.looseObject({ severity: z.string().optional(), score: z.number().optional() });
const vulnerability = z.looseObject({
  id: z.string().min(1),
  ratings: z.array(rating).default([]),
  affects: z.array(z.looseObject({ ref: z.string() })).min(1),
});
const component = z.looseObject({
  properties: z.array(z.looseObject({ name: z.string().optional() })).default([]),
});
const schema = z.looseObject({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.enum(["1.4", "1.5", "1.6", "1.7"]),
  components: z.array(component).default([]),
  vulnerabilities: z.array(vulnerability).optional(),
});

export const cyclonedx: Format = {
  name: "cyclonedx",
  kind: "vulnerabilities",
  made: "osv-scanner scan source --lockfile package-lock.json --all-packages --format cyclonedx-1-6 --output-file FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const { components, vulnerabilities } = shape.value;
  if (!vulnerabilities) {
    return { problem: "it is a bill of materials alone: give a scanner's, which lists vulnerabilities" };
  }
  if (vulnerabilities.length === 0 && components.some(isTrivys)) {
    return {
      problem: "it does not tell whether Trivy looked for vulnerabilities: give its own format, `trivy`",
    };
  }
  const found = vulnerabilities.flatMap(({ id, ratings, affects }) =>
    affects.map(({ ref }) => ({
      severity: worst(ratings.map(severityIn)),
      name: ref === "" ? id : `${ref}: ${id}`,
    })),
  );
  const measure = known(found, { dependencies: components.length, databaseFrom: null, sources: [] });
  if ("problem" in measure) return measure;
  return { tool: "cyclonedx", version: null, startedAt: null, finishedAt: null, commit: null, measure };
}

/** By https://github.com/CycloneDX/cyclonedx-property-taxonomy. */
function isTrivys({ properties }: z.infer<typeof component>): boolean {
  return properties.some(({ name = "" }) => name.startsWith("aquasecurity:trivy:"));
}

const severities: Readonly<Record<string, VulnerabilitySeverity>> = {
  critical: "critical",
  high: "high",
  medium: "moderate",
  low: "low",
  info: "low",
  none: "low",
};
function severityIn({ severity, score }: z.infer<typeof rating>): VulnerabilitySeverity {
  const named = Object.hasOwn(severities, severity ?? "") ? severities[severity ?? ""] : undefined;
  return named ?? (score === undefined ? "unknown" : vulnerabilitySeverity(String(score)));
}

/** Of the ratings of several sources; unknown where none has one. */
function worst(rated: readonly VulnerabilitySeverity[]): VulnerabilitySeverity {
  const order: readonly VulnerabilitySeverity[] = ["critical", "high", "moderate", "low"];
  return order.find((severity) => rated.includes(severity)) ?? "unknown";
}
