/** What the gate refuses, and why. */
import { expect } from "vitest";
import type { Finding } from "../../../../model/finding.ts";
import type { EvidenceInput } from "../../../../readiness/proofs/evidence/findings.ts";
import { good } from "./measures.ts";
import { type Made, Shelf } from "./shelf.ts";

/** What is wrong, how it is made, and what the gate says of it. */
export type Case = readonly [name: string, shelf: () => Shelf, observed: string | RegExp];

/** What the gate says of the only statement, or of the one part that is not there. */
export async function refusal(shelf: Shelf, over: Partial<EvidenceInput> = {}): Promise<Finding | undefined> {
  const findings = await shelf.judge(over);
  for (const finding of findings) {
    expect(finding.observed).not.toContain("\n");
    if (finding.outcome === "fail") {
      expect(finding.wanted).toBeTruthy();
      expect(finding.remedy).toMatch(/`npm run evidence -- (collect|run) --item .* --service p/);
    }
  }
  return findings.find(({ outcome }) => outcome !== "pass");
}

/** A build that holds, but for what is said. */
export function build(made: Partial<Made>): Shelf {
  const shelf = new Shelf();
  shelf.put("PRE-03", { measures: [good.command], ...made });
  return shelf;
}
/** Changes a text in which `from` has to be. */
export function edited(from: string | RegExp, to: string) {
  return (text: string): string => {
    expect(text).toMatch(from);
    return text.replace(from, to);
  };
}

export async function expectRefusal(shelf: Shelf, observed: string | RegExp): Promise<void> {
  const found = await refusal(shelf);
  expect(found?.outcome).toBe("fail");
  if (typeof observed === "string") expect(found?.observed).toBe(observed);
  else expect(found?.observed).toMatch(observed);
}
