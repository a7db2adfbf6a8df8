/** What `explain` prints of a checklist item, or of one of its rules. */
import type { ChecklistItem } from "../../model/checklist/checklist.ts";
import { remedyOf } from "../../model/finding.ts";
import type { Rule } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { costProofs } from "../proofs/cost.ts";
import { marks } from "../render/digest.ts";
import type { ReportedFinding, StackReport } from "../report.ts";
import { hanging } from "../terminal/layout.ts";
import type { Page } from "../terminal/page.ts";

/** Findings that are written out; `check --format json` has them all. */
const shown = 12;
const lead = 10;

export function itemText(
  item: ChecklistItem,
  rule: Rule | undefined,
  { stack, checklist, findings }: StackReport,
  { width, paint }: Page,
): string {
  const bold = (text: string) => paint("bold", text);
  const part = (title: string, text: string) => hanging(title.padEnd(lead), text, width, undefined, bold);
  const judged = checklist.find(({ id }) => id === item.id);
  const said = findings.filter((f) => f.item === item.id && (rule === undefined || f.by === rule.id));
  const open = said.filter((f) => f.severity !== "note");
  const remedies = new Set(said.flatMap((f) => f.remedy ?? []));
  const lines = [
    ...hanging(`${item.id}  `, item.statement, width, bold, bold),
    ...part("Section", `${item.section}${item.phase === "after" ? ", due after the deployment" : ""}`),
    ...part("Why", item.why),
    ...part("Proof", proofOf(item, rule)),
    ...part("Now", `${stack}: ${judged?.standing ?? "unproven"}${counted(said)}`),
    ...(open.length > 0 ? open : said)
      .slice(0, shown)
      .flatMap((f) => hanging(`${" ".repeat(lead)}${marks[f.outcome]} `, sentence(f, stack), width)),
    ...more(said.length - shown, width),
    ...part("To mend", [...remedies].join(" ") || remedyOf(item.id, stack)),
  ];
  return `${lines.join("\n")}\n`;
}

function proofOf({ id, proof }: ChecklistItem, rule: Rule | undefined): string {
  if (rule) return `policy, by the rule ${rule.id}${tiersOf(rule)}`;
  if (proof !== "policy") return proof;
  const own = rules.filter(({ item }) => item === id).map((r) => `${r.id}${tiersOf(r)}`);
  const beside = costProofs.filter(({ item }) => item === id).map((proven) => proven.id);
  return `policy, by ${[...own, ...beside].join(", ")}`;
}

function tiersOf({ tiers }: Rule): string {
  return tiers ? ` (${tiers.join(", ")} alone)` : "";
}

function counted(said: readonly ReportedFinding[]): string {
  const passed = said.filter(({ outcome }) => outcome === "pass").length;
  return said.length > 0 ? `, ${passed} of ${said.length} findings pass` : "";
}

function sentence({ by, outcome, message, urn, source }: ReportedFinding, stack: string): string {
  const place = source ? ` [${source.file}:${source.line}]` : "";
  const subject = urn?.split("::").at(-1) ?? stack;
  return `${by}: ${outcome === "pass" ? subject : (message.split(" (")[0] ?? "")}${place}`;
}

function more(number: number, width: number): readonly string[] {
  return number > 0
    ? hanging(" ".repeat(lead), `and ${number} more: npm run check -- --format json lists them all`, width)
    : [];
}
