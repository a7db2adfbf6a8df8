/** What the formats for reading say of a report alike: what is open, how an item is proven, what was counted. */
import type { ProofKind } from "../../model/checklist/row.ts";
import { type Outcome, remedyOf } from "../../model/finding.ts";
import type { ReportedFinding, ReportedItem, StackReport } from "../report.ts";

/** An item that something speaks against, or that nothing speaks for. */
export interface OpenItem {
  readonly item: ReportedItem;
  /** Each once, however many rules say it. */
  readonly observations: readonly Observation[];
  /** What to change, where that would help. */
  readonly remedy: string | undefined;
}

/** Open items that have one thing to be done about them. */
export interface OpenGroup {
  readonly title: "Failures" | "Undecided" | "Without proof";
  readonly items: readonly OpenItem[];
}

export interface Observation {
  /** What was found; the item and the remedy stand beside it once. */
  readonly said: string;
  /** Where the resource is declared, such as `components/database.ts:41`. */
  readonly place: string | undefined;
}

/** One character for each outcome. */
export const marks: Readonly<Record<Outcome, string>> = {
  pass: "✓",
  fail: "✗",
  unknown: "?",
  error: "!",
  "not-applicable": "–",
};

/** Observations and rules of one item that are written out; the JSON report has them all. */
export const shownObservations = 8;
const shownRules = 2;

/** What is open, the worst group first; none that is empty. */
export function openGroups(report: StackReport): readonly OpenGroup[] {
  const waiting = new Set(withoutProof(report).map(({ item }) => item));
  const groups: readonly OpenGroup[] = [
    { title: "Failures", items: contradicted(report, ["error", "fail"]) },
    { title: "Undecided", items: contradicted(report, ["unknown"]).filter(({ item }) => !waiting.has(item)) },
    { title: "Without proof", items: withoutProof(report) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** Required items that wait for a proof, while nothing has failed of them. */
export function withoutProof({ checklist, findings, stack }: StackReport): OpenItem[] {
  const byItem = Map.groupBy(findings, (f) => f.item);
  return checklist
    .filter(({ required, standing, outcome }) => required && standing === "unproven" && outcome === "unknown")
    .map((item) => ({
      item,
      observations: [
        ...observationsOf(byItem.get(item.id)),
        ...item.proofs
          .filter(({ by }) => by === null)
          .map(({ kind }) => ({ said: lack(kind), place: undefined })),
      ],
      remedy: remedyOf(item.id, stack),
    }));
}

/** Items with these outcomes, those with the first outcome first. */
function contradicted({ checklist, findings }: StackReport, outcomes: readonly Outcome[]): OpenItem[] {
  const byItem = Map.groupBy(findings, (f) => f.item);
  return outcomes
    .flatMap((outcome) => checklist.filter((i) => i.outcome === outcome))
    .flatMap((item) => {
      const found = byItem.get(item.id);
      const observations = observationsOf(found);
      const remedy = found?.find((f) => f.remedy !== null)?.remedy ?? undefined;
      return observations.length === 0 ? [] : [{ item, observations, remedy }];
    });
}

/** What speaks against an item, each once. */
function observationsOf(findings: readonly ReportedFinding[] = []): Observation[] {
  const open = findings.filter((f) => f.severity !== "note").map(observation);
  return [...new Map(open.map((o) => [`${o.said}\n${o.place}`, o])).values()];
}

function observation({ message, item, source }: ReportedFinding): Observation {
  const [said = message] = message.split(` (${item}).`);
  return { said, place: source ? `${source.file}:${source.line}` : undefined };
}

/** How many of the items that count are proven, and how many do not count. */
export function tally(items: readonly ReportedItem[], stack: string): string {
  const required = items.filter((i) => i.required);
  const proven = required.filter((i) => i.standing === "proven").length;
  const later = items.filter((i) => i.phase === "after").length;
  const others = items.length - required.length - later;
  return [
    ...(required.length > 0 ? [`${proven} of ${required.length}`] : []),
    ...(others > 0 ? [`${others} not needed for ${stack}`] : []),
    ...(later > 0 ? [`${later} due after deployment`] : []),
  ].join(", ");
}

/** The proofs that decided the item, or the kind that is missing. */
export function provenBy({ outcome, standing, proofs }: ReportedItem): string {
  if (standing === "not-applicable") return "not required of this tier";
  const deciding = proofs.filter((p) => p.outcome === outcome);
  const names = deciding.map(({ by, kind }) => by ?? lack(kind));
  const more = names.length - shownRules;
  return names.slice(0, shownRules).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function lack(kind: ProofKind): string {
  return `no proof yet: ${kind}`;
}

/** How many resources of which package, how many components and rules. */
export function counts({ resources, findings }: StackReport): string {
  const byPackage = Map.groupBy(Object.entries(resources), ([type]) => type.split(":")[0] ?? type);
  const total = (name: string) => sum(byPackage.get(name)?.map(([, number]) => number) ?? []);
  // The stack itself, its providers and its components are no one's to deploy.
  const packages = [...byPackage.keys()].filter((name) => name !== "pulumi" && name !== "readiness");
  const parts = packages.sort((a, b) => total(b) - total(a)).map((name) => `${total(name)} ${name}`);
  const split = parts.length > 0 ? ` (${parts.join(", ")})` : "";
  const rules = new Set(findings.filter((f) => f.kind === "policy").map((f) => f.by)).size;
  return `${sum(packages.map(total))} resources${split} in ${total("readiness")} components; ${rules} rules`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
