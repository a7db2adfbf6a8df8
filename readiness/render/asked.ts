/** What a report was asked and what it says nothing of, a sentence each; nothing where the whole was asked. */
import type { StackReport } from "../report.ts";
import type { Why } from "../selection/narrow.ts";
import type { ReportedBaseline, ReportedEntry, ReportedSelection } from "../selection/reported.ts";

const whys: Readonly<Record<Why, string>> = {
  selection: "that nobody named",
  product: "about stacks of this product",
  absent: "about nothing that is here",
  proof: "that no rule proves",
  severity: "with nothing more severe open",
  accepted: "that the baseline accepts as they are",
};
/** Types and entries that are named. */
const shown = 8;

export function askedLines({ selection }: Pick<StackReport, "selection">): readonly string[] {
  if (!selection) return [];
  const { notAsked, unread, baseline } = selection;
  const byWhy = Map.groupBy(notAsked, ({ why }) => why);
  const parts = (Object.keys(whys) as Why[]).flatMap((why) => {
    const number = byWhy.get(why)?.length ?? 0;
    return number > 0 ? [`${number} ${whys[why]}`] : [];
  });
  const most = Object.entries(unread).sort(([, a], [, b]) => b - a);
  const types = most.map(([type, number]) => `${type} (${number})`);
  const unseen = most.reduce((sum, [, number]) => sum + number, 0);
  return [
    `Asked ${asking(selection)}: ${selection.rulesAsked} of ${selection.rulesInAll} rules. This is no verdict on the whole.`,
    ...(parts.length > 0 ? [`Not asked: ${count(notAsked, "item")}, ${parts.join(", ")}.`] : []),
    ...(types.length > 0
      ? [
          `No rule looks at ${unseen} ${unseen === 1 ? "resource" : "resources"}, of ${count(types, "type")}: ${some(types)}.`,
        ]
      : []),
    ...(baseline ? baselineLines(baseline) : []),
  ];
}

function asking({ judge, sections, rules, minSeverity, baseline }: ReportedSelection): string {
  const parts = [
    ...(judge === "existing" ? ["what exists"] : []),
    ...(sections.length > 0 ? [`sections ${sections.join(", ")}`] : []),
    ...(rules.length > 0 ? [`rules ${rules.join(", ")}`] : []),
    ...(minSeverity === "error" ? ["failures alone"] : []),
    ...(baseline ? ["what a baseline does not accept"] : []),
  ];
  return parts.join("; ");
}

function baselineLines({ file, accepted, expired, gone }: ReportedBaseline): readonly string[] {
  const [first] = accepted.map(({ expires }) => expires).sort();
  return [
    `${file} accepts ${count(accepted, "finding")}${first === undefined ? "" : `, the first until ${first}`}.`,
    ...(expired.length > 0 ? [`Accepted no more, but found: ${some(expired.map(entryText))}.`] : []),
    ...(gone.length > 0 ? [`Accepted, and found no more: ${some(gone.map(entryText))}.`] : []),
  ];
}

function entryText({ rule, found, expires }: ReportedEntry): string {
  return `${rule} (${found}; until ${expires})`;
}

function some(texts: readonly string[]): string {
  const more = texts.length - shown;
  return texts.slice(0, shown).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function count(all: readonly unknown[], what: string): string {
  return `${all.length} ${what}${all.length === 1 ? "" : "s"}`;
}
