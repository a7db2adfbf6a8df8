/** What the formats for reading say of a report alike: what is open, how an item is proven, what was counted. */
import type { Outcome } from "../../model/finding.ts";
import type { ReportedFinding, ReportedItem, StackReport } from "../report.ts";

/** An item that something speaks against. */
export interface OpenItem {
  readonly item: ReportedItem;
  /** Each once, however many rules say it. */
  readonly observations: readonly Observation[];
  /** What to change, where that would help. */
  readonly remedy: string | undefined;
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

/** Items with these outcomes, those with the first outcome first. */
export function openItems({ checklist, findings }: StackReport, outcomes: readonly Outcome[]): OpenItem[] {
  const byItem = Map.groupBy(findings, (f) => f.item);
  return outcomes
    .flatMap((outcome) => checklist.filter((i) => i.outcome === outcome))
    .flatMap((item) => {
      const open = byItem.get(item.id)?.filter((f) => f.severity !== "note") ?? [];
      if (open.length === 0) return [];
      const observations = open.map(observation);
      const once = new Map(observations.map((o) => [`${o.said}\n${o.place}`, o]));
      const remedy = open.find((f) => f.remedy !== null)?.remedy ?? undefined;
      return [{ item, observations: [...once.values()], remedy }];
    });
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
  const names = deciding.map(({ by, kind }) => by ?? `no proof yet: ${kind}`);
  const more = names.length - shownRules;
  return names.slice(0, shownRules).join(", ") + (more > 0 ? ` and ${more} more` : "");
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
