/** The checklist as pages in Markdown, of its rows, its rules and what proves them. */
import { type ChecklistItem, checklist, type Section, sections } from "../../model/checklist/checklist.ts";
import type { Framework } from "../../model/checklist/controls/control.ts";
import { controlsOf, frameworks } from "../../model/checklist/controls/controls.ts";
import { type Binding, isNeeded, type Need, needOf } from "../../model/checklist/needs.ts";
import {
  isSignedAfter,
  type SignOffItem,
  signOffs,
  stackSignOffDays,
} from "../../model/checklist/sign-offs.ts";
import type { Rule } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { costProofs } from "../../readiness/proofs/cost.ts";
import { inline, table } from "../../readiness/render/markdown-text.ts";

const written = "<!-- Written by `npm run policies:docs`: change the rows in model/checklist instead. -->";

/** Each page by its file's name in docs/standard. */
export function standardPages(): ReadonlyMap<string, string> {
  return new Map([
    ["README.md", indexPage()],
    ...sections.map((section) => [fileOf(section), sectionPage(section)] as const),
    ["controls.md", controlsPage()],
  ]);
}

function indexPage(): string {
  const kinds = Map.groupBy(checklist, ({ proof }) => proof);
  const counted = [...kinds].map(([kind, { length }]) => `${length} by ${kind}`).join(", ");
  const rows = sections.map((section) => {
    const items = itemsOf(section);
    const ids = new Set(items.map(({ id }) => id));
    const own = rules.filter(({ item }) => ids.has(item)).length;
    return [`[${section}](${fileOf(section)})`, `${items.length}`, own === 0 ? "–" : `${own}`];
  });
  return page("The standard", [
    `What has to be true before a stack is called ready: ${checklist.length} items, proven ${counted}. ` +
      "Each says what goes wrong without it, what proves it, how long a proof counts, and how to mend it. " +
      "The numbers behind them are [the requirements](../requirements.md); `npm run explain -- DB-02` says the same of a stack.",
    table(["section", "items", "rules"], rows),
    "[The lines of other standards](controls.md) that items speak to: " +
      `${frameworks.map(({ name }) => name).join("; ")}.`,
  ]);
}

function sectionPage(section: Section): string {
  return page(section, itemsOf(section).map(itemBlock));
}

/** Its heading is its id alone, so that links to it hold whatever it says. */
function itemBlock(item: ChecklistItem): string {
  const controls = controlsOf(item.id);
  return [
    `## ${item.id}`,
    `**${inline(item.statement)}.** ${inline(item.why)}`,
    `- Proof: ${proofOf(item)}`,
    `- To mend: ${inlineWithCode(item.remedy.replaceAll("{stackFile}", "the stack's file").replaceAll("{stack}", "STACK"))}`,
    ...(controls.length > 0 ? [`- Speaks to: ${controls.join(", ")}`] : []),
  ].join("\n");
}

function proofOf({ id, proof, phase }: ChecklistItem): string {
  const after = phase === "after" ? "; it can be given only after the deployment" : "";
  if (proof === "policy") {
    const beside = costProofs.find(({ item }) => item === id);
    if (beside) return `policy, by \`${beside.id}\`, which holds the stack's config against what is declared`;
    const own = rules.filter(({ item }) => item === id).map(ruleName);
    return `policy, by ${own.length === 1 ? "the rule" : "the rules"} ${own.join(", ")}`;
  }
  if (isSignOff(id)) return `sign-off by the ${signOffs[id].role}, ${signedFor(id)}${after}`;
  if (isNeeded(id)) return `${proof}: ${needWords(needOf(id))}${after}`;
  return `${proof}${id === "GOV-08" ? ", for each waiver by its approver" : ", by a look at the running site"}${after}`;
}

function ruleName({ id, tiers }: Rule): string {
  return `\`${id}\`${tiers ? ` (${tiers.join(", ")} alone)` : ""}`;
}

function isSignOff(id: string): id is SignOffItem {
  return Object.hasOwn(signOffs, id);
}

function signedFor(id: SignOffItem): string {
  if (signOffs[id].of === "stack") return `for the stack, for ${stackSignOffDays} days`;
  const until = isSignedAfter(id) ? "" : ", until its window closes";
  return `for one release${until}${signOffs[id].report ? ", and for one state of the other proofs" : ""}`;
}

const bindings: Readonly<Record<Binding, string>> = {
  commit: "of the released commit",
  schema: "of the released database schema",
  stack: "of what is run",
};

function needWords({ of, binding, environments, hours, source, parts }: Need): string {
  const whose = of === "service" ? "of each service" : "of the stack";
  const [release, update] = [ageOf(hours.release), ageOf(hours.update)];
  const age = release === update ? release : `${release} for a release, ${update} for an update`;
  const what = parts.map(({ name }) => name).join(" and ");
  return `${what}, ${whose}, ${bindings[binding]}, from ${environments.join(" or ")}; counts ${age} (${inline(source)})`;
}

function ageOf(hours: number | null): string {
  if (hours === null) return "as long as its commit";
  return hours % 24 === 0 && hours > 72 ? `${hours / 24} days` : `${hours} hours`;
}

function controlsPage(): string {
  const spoken = frameworks.flatMap(({ controls }) => controls.flatMap(({ items }) => items));
  const silent = checklist.filter(({ id }) => !spoken.includes(id)).length;
  return page("Lines of other standards", [
    "**This mapping is no audit.** It says which items show something of what a line asks, so that an auditor or reviewer " +
      "knows where to look. No line is fulfilled because its items are: each asks for more, of people, contracts, risk " +
      `and records, than a stack can show; lines to which no item speaks are left out. ${silent} of the ${checklist.length} ` +
      "items speak to none. Ids are the standards' own, what they are about is said in our words.",
    ...frameworks.map(frameworkBlock),
  ]);
}

function frameworkBlock({ name, short, source, controls }: Framework): string {
  const rows = controls.map(({ id, about, items }) => [id, inline(about), items.map(linkTo).join(", ")]);
  return `## ${name}\n\nHere: ${short}. Source: ${inline(source)}.\n\n${table(["line", "about", "items"], rows)}`;
}

function linkTo(id: string): string {
  const item = checklist.find((one) => one.id === id);
  return item ? `[${id}](${fileOf(item.section)}#${id.toLowerCase()})` : id;
}

function itemsOf(section: Section): readonly ChecklistItem[] {
  return checklist.filter((item) => item.section === section);
}

function fileOf(section: Section): string {
  return `${section.toLowerCase().replace(/[^a-z]+/g, "-")}.md`;
}

/** Commands keep their backticks; all else stays text. */
function inlineWithCode(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? part : inlineKeepingEnds(part)))
    .join("");
}

function inlineKeepingEnds(text: string): string {
  const [, before = "", middle = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  return before + inline(middle) + after;
}

function page(title: string, blocks: readonly string[]): string {
  return `${[`# ${title}`, written, ...blocks].join("\n\n")}\n`;
}
