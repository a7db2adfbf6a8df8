/** What scanners know of dependencies, as every format of theirs counts it. */
import type { Unreadable, VulnerabilitiesMeasure } from "../../reading.ts";
import { oneLine } from "../values.ts";

export type VulnerabilitySeverity = keyof VulnerabilitiesMeasure["known"];

export interface Vulnerability {
  readonly severity: VulnerabilitySeverity;
  /** Such as `braces 2.3.1: GHSA-…`. */
  readonly name: string;
}

/** The worst first; one of unknown severity may be any. */
const order: readonly VulnerabilitySeverity[] = ["critical", "high", "moderate", "low", "unknown"];

export function known(
  found: readonly Vulnerability[],
  scan: Pick<VulnerabilitiesMeasure, "dependencies" | "databaseFrom" | "sources">,
): VulnerabilitiesMeasure | Unreadable {
  if (scan.dependencies === 0) {
    return { problem: "no package was looked at: run it in the folder of the lockfile that is deployed" };
  }
  const of = (severity: VulnerabilitySeverity) => found.filter((f) => f.severity === severity);
  return {
    kind: "vulnerabilities",
    dependencies: scan.dependencies,
    known: {
      low: of("low").length,
      moderate: of("moderate").length,
      high: of("high").length,
      critical: of("critical").length,
      unknown: of("unknown").length,
    },
    named: order.flatMap((severity) =>
      of(severity)
        .map(({ name }) => oneLine(name))
        .sort(),
    ),
    databaseFrom: scan.databaseFrom,
    sources: scan.sources.map(oneLine),
  };
}

/** @param score of CVSS 3 or 4, by the bands of https://www.first.org/cvss/v4.0/specification-document#Qualitative-Severity-Rating-Scale */
export function vulnerabilitySeverity(score: string): VulnerabilitySeverity {
  if (!/^(\d(\.\d)?|10(\.0)?)$/.test(score)) return "unknown";
  const value = Number(score);
  if (value >= 9) return "critical";
  if (value >= 7) return "high";
  return value >= 4 ? "moderate" : "low";
}
