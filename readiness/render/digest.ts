/** What the formats for reading say of a report alike: what is open, how an item is proven, what was counted. */
import type { ProofKind } from "../../model/checklist/row.ts";
import { type Outcome, remedyOf } from "../../model/finding.ts";
import type { ReportedFinding, ReportedItem, ReportedWaiver, StackReport } from "../report.ts";
import { waiverText } from "./waived.ts";

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
  readonly title: "Failures" | "Undecided" | "Without proof" | "Waived";
  readonly items: readonly OpenItem[];
}

export interface Observation {
  /** What was found; the item and the remedy stand beside it once. */
  readonly said: string;
  /** Where the resource is declared, such as `components/database.ts:41`. */
  readonly place: string | undefined;
  /** Until when and why it may stay so; nothing where it may not. */
  readonly waiver: string | undefined;
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
    {
      title: "Failures",
      items: contradicted(report, ["error", "fail"]).filter(({ item }) => item.standing !== "waived"),
    },
    { title: "Undecided", items: contradicted(report, ["unknown"]).filter(({ item }) => !waiting.has(item)) },
    { title: "Without proof", items: withoutProof(report) },
    { title: "Waived", items: waivedItems(report) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** Required items that wait for a proof, while nothing has failed of them. */
export function withoutProof(report: StackReport): readonly OpenItem[] {
  const isWaiting = ({ required, standing, outcome }: ReportedItem) =>
    required && standing === "unproven" && outcome === "unknown";
  return report.checklist.filter(isWaiting).map((item) => openItem(item, report, lacksOf(item, report)));
}

/** Items of which nothing is open but what waivers cover. */
export function waivedItems(report: StackReport): readonly OpenItem[] {
  const waived = report.checklist.filter(({ standing }) => standing === "waived");
  return waived.map((item) => openItem(item, report, lacksOf(item, report)));
}

/** Items with these outcomes, those with the first outcome first. */
function contradicted(report: StackReport, outcomes: readonly Outcome[]): readonly OpenItem[] {
  return outcomes
    .flatMap((outcome) => report.checklist.filter((i) => i.outcome === outcome))
    .map((item) => openItem(item, report))
    .filter(({ observations }) => observations.length > 0);
}

/** What speaks against an item, each once, and what it lacks. */
function openItem(item: ReportedItem, report: StackReport, lacks: readonly Observation[] = []): OpenItem {
  const found = report.findings.filter((f) => f.item === item.id);
  const open = found.filter((f) => f.severity !== "note").map((f) => observation(f, report.waivers));
  const once = new Map(open.map((o) => [`${o.said}\n${o.place}\n${o.waiver}`, o]));
  const change = found.find((f) => f.remedy !== null)?.remedy;
  const remedy = change ?? (lacks.length > 0 ? remedyOf(item.id, report.stack) : undefined);
  return { item, observations: [...once.values(), ...lacks], remedy };
}

/** The proofs that an item lacks. */
export function lacksOf({ proofs }: ReportedItem, { waivers }: StackReport): readonly Observation[] {
  const missing = proofs.filter(({ by }) => by === null);
  return missing.map(({ kind, waivers: [place = null] }) => ({
    said: lack(kind),
    place: undefined,
    waiver: waiverAt(place, waivers),
  }));
}

function observation(finding: ReportedFinding, waivers: readonly ReportedWaiver[]): Observation {
  const { message, item, source, waiver } = finding;
  const [said = message] = message.split(` (${item}).`);
  const place = source ? `${source.file}:${source.line}` : undefined;
  return { said, place, waiver: waiverAt(waiver, waivers) };
}

/** What stands beside a failure that is waived. */
export function waiverAt(place: number | null, waivers: readonly ReportedWaiver[]): string | undefined {
  const waiver = place === null ? undefined : waivers[place];
  return waiver && waiverText(waiver);
}

/** What was found and where, for formats that have no type for a place. */
export function placed({ said, place }: Observation): string {
  return place === undefined ? said : `${said} [${place}]`;
}

/** How many of the items that count are proven, and how many are waived or do not count. */
export function tally(
  items: readonly ReportedItem[],
  { stack, purpose }: Pick<StackReport, "stack" | "purpose">,
): string {
  const required = items.filter((i) => i.required);
  const proven = required.filter((i) => i.standing === "proven").length;
  const waived = required.filter((i) => i.standing === "waived").length;
  const later = items.filter((i) => i.phase === "after").length;
  const others = items.length - required.length - later;
  return [
    ...(required.length > 0 ? [`${proven} of ${required.length}`] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(others > 0 ? [`${others} not needed for ${purpose === "change" ? "a change" : stack}`] : []),
    ...(later > 0 ? [`${later} due after deployment`] : []),
  ].join(", ");
}

/** The proofs that decided the item and until when they count, or the kind that is missing. */
export function provenBy({ outcome, standing, proofs, because }: ReportedItem): string {
  if (standing === "not-applicable") return because ?? "not required of this tier";
  const deciding = proofs.filter((p) => p.outcome === outcome);
  const names = deciding.map(({ by, kind }) => by ?? lack(kind));
  const more = names.length - shownRules;
  const named = names.slice(0, shownRules).join(", ") + (more > 0 ? ` and ${more} more` : "");
  if (standing === "waived") return `${named}, waived`;
  const ends = deciding.flatMap(({ until }) => (until === null ? [] : [Date.parse(until)]));
  if (outcome !== "pass" || ends.length === 0) return named;
  return `${named}, until ${new Date(Math.min(...ends)).toISOString().slice(0, 10)}`;
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
