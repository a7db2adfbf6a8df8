/** What a rule leaves open and a person's word settles: no declaration shows it. */
import type { ItemId } from "../../model/checklist/checklist.ts";
import type { Finding } from "../../model/finding.ts";

/** By id of the rule, the item whose sign-off settles it. */
const settledBy: Readonly<Record<string, ItemId>> = { "people-app-proven": "INC-07" };

/** Whether sign-offs may change what is found of a rule. */
export function waitsForWord(rule: string): boolean {
  return rule in settledBy;
}

/** The findings, those settled that were unknown and whose item somebody has signed. */
export function settled(findings: readonly Finding[]): readonly Finding[] {
  return findings.map((finding) => {
    const item = settledBy[finding.by];
    if (item === undefined || finding.outcome !== "unknown" || !isProven(item, findings)) return finding;
    return { ...finding, outcome: "pass", observed: `proven by the sign-off of ${item}` };
  });
}

function isProven(item: ItemId, findings: readonly Finding[]): boolean {
  const own = findings.filter((f) => f.item === item);
  return own.length > 0 && own.every(({ outcome }) => outcome === "pass");
}
