/** What of a report a GO stands for. */
import type { Finding } from "../../../model/finding.ts";
import type { ReportedWaiver } from "../../report.ts";
import { canonicalJson, digestOf } from "../canonical.ts";
import { waitsForWord } from "../settle.ts";

type Found = Pick<Finding, "item" | "kind" | "by" | "outcome"> & {
  readonly urn: string | null | undefined;
};

/**
 * The digest of what was found, sign-offs left out, and what they settle: each of them would void the others. When and in which words it was
 * found does not count.
 */
export function reportDigest(
  stack: string,
  findings: readonly Found[],
  waivers: readonly ReportedWaiver[],
): string {
  const found = findings
    .filter(({ kind, by }) => kind !== "sign-off" && !waitsForWord(by))
    .map(({ item, kind, by, outcome, urn }) => canonicalJson({ item, kind, by, outcome, urn: urn ?? null }));
  return digestOf({ stack, findings: found.sort(), waivers: waivers.map(canonicalJson).sort() });
}
