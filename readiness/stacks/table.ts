/** Many stacks as one: their rows in order, and what fails in most of them. */
import { checklist, type ItemId, type Purpose } from "../../model/checklist/checklist.ts";
import { exitStatus } from "../exit-status.ts";
import type { Page } from "../terminal/page.ts";
import { lockText } from "./locks.ts";
import type { Row, StateVerdict } from "./row.ts";

export interface FailingItem {
  readonly item: ItemId;
  readonly statement: string;
  /** How many stacks it fails in, and how many findings say so. */
  readonly stacks: number;
  readonly findings: number;
}

export interface Table {
  /** The folder or the backend. */
  readonly source: string;
  /** ISO 8601. */
  readonly generated: string;
  /** How many stacks stand so; `not judged` are those without a verdict. */
  readonly counts: Readonly<Record<StateVerdict | "not judged", number>>;
  readonly failsMost: readonly FailingItem[];
  readonly stacks: readonly Row[];
}

/** How it is to be shown. */
export interface TableOptions {
  readonly page: Page;
  /** Without what is GO. */
  readonly quiet: boolean;
  readonly purpose: Purpose;
}

/** Items that a row keeps. */
const keptItems = 5;

const worstFirst: readonly (StateVerdict | null)[] = ["NO-GO", "UNDETERMINED", null, "GO"];

/** Takes rows in as they come, and keeps of each what is shown. */
export class Gathering {
  readonly #rows: Row[] = [];
  readonly #failing = new Map<ItemId, { stacks: number; findings: number }>();

  get size(): number {
    return this.#rows.length;
  }

  add(row: Row): void {
    for (const { item, standing, findings } of row.worst) {
      if (standing !== "failing") continue;
      const before = this.#failing.get(item) ?? { stacks: 0, findings: 0 };
      this.#failing.set(item, { stacks: before.stacks + 1, findings: before.findings + findings });
    }
    this.#rows.push({ ...row, worst: row.worst.slice(0, keptItems) });
  }

  table(source: string, now: number): Table {
    const count = (verdict: StateVerdict | null) =>
      this.#rows.filter((row) => row.verdict === verdict).length;
    const failing = checklist.flatMap(({ id, statement }) => {
      const numbers = this.#failing.get(id);
      return numbers ? [{ item: id, statement, ...numbers }] : [];
    });
    return {
      source,
      generated: new Date(now).toISOString(),
      counts: {
        "NO-GO": count("NO-GO"),
        UNDETERMINED: count("UNDETERMINED"),
        "not judged": count(null),
        GO: count("GO"),
      },
      failsMost: failing.sort((a, b) => b.stacks - a.stacks || b.findings - a.findings),
      stacks: this.#rows.toSorted(inOrder),
    };
  }
}

/** The worst first, then what has the most failures. */
function inOrder(a: Row, b: Row): number {
  const place = ({ verdict }: Row) => worstFirst.indexOf(verdict);
  const failing = ({ standings }: Row) => standings.failing ?? 0;
  return place(a) - place(b) || failing(b) - failing(a) || (titleOf(a) < titleOf(b) ? -1 : 1);
}

/** `project/stack`, or the file where nothing tells them. */
export function titleOf({ project, stack, file }: Row): string {
  return stack === null ? file : project === null ? stack : `${project}/${stack}`;
}

/** Of all: NO-GO before what could not be told. */
export function statusOf({ counts }: Table): number {
  if (counts["NO-GO"] > 0) return exitStatus.noGo;
  return counts.UNDETERMINED + counts["not judged"] > 0 ? exitStatus.undetermined : exitStatus.go;
}

/** A verdict as it is shown: what was not asked of a stack may not look as if it held. */
export function verdictOf({ verdict, asked }: Pick<Row, "verdict" | "asked">): string {
  return verdict === "GO" && asked === "existing" ? goOfWhatExists : (verdict ?? "not judged");
}

export const goOfWhatExists = "GO of what exists";

/** How many stacks stand so, as it is shown. */
export function shownCounts({
  counts,
  stacks,
}: Pick<Table, "stacks" | "counts">): Readonly<Record<string, number>> {
  const existing = stacks.filter((row) => verdictOf(row) === goOfWhatExists).length;
  return { ...counts, GO: counts.GO - existing, [goOfWhatExists]: existing };
}

/** What is said of a row: why it was not judged, or what is open and what nobody looked at. */
export function toldOf(row: Row): string {
  const { reason, unlooked, resources, locks } = row;
  const blind = unlooked > 0 ? [`${unlooked} of ${resources} resources are of types that no rule reads`] : [];
  return [reason ?? worstText(row), ...blind, ...locks.map(lockText)].join("; ");
}

/** `DB-02 ×3, NET-01 and 14 more`; the number is of findings, where there are several. */
function worstText({ worst, standings, required }: Row): string {
  const standing = worst[0]?.standing;
  if (standing === undefined) return required === 0 ? "nothing is asked of it" : `${required} proven`;
  const shown = worst.filter((open) => open.standing === standing).slice(0, 3);
  const named = shown.map(({ item, findings }) => (findings > 1 ? `${item} ×${findings}` : item)).join(", ");
  const more = (standings[standing] ?? 0) - shown.length;
  const kind = standing === "failing" ? "" : `${standing}: `;
  return `${kind}${named}${more > 0 ? ` and ${more} more` : ""}`;
}
