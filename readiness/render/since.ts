/** What has changed since another report, in the words that the formats for reading have in common. */
import type { StackReport } from "../report.ts";
import type { Direction, Since } from "../since/since.ts";

export interface ChangeLine {
  readonly direction: Direction;
  readonly mark: string;
  /** The item's id, or the rule's. */
  readonly name: string;
  /** `failing → proven` */
  readonly change: string;
  readonly about: string;
}

const directions: readonly Direction[] = ["worse", "better", "otherwise"];
export const directionMarks: Readonly<Record<Direction, string>> = {
  better: "↑",
  worse: "↓",
  otherwise: "~",
};

/** Rules that are written out; the JSON report has them all. */
const shownRules = 12;

/** `Since last.json (NO-GO, commit 0123456789): 2 items better, 1 worse`. */
export function sinceHead(
  { file, verdict, commit, purpose, source, items, rules }: Since,
  now: StackReport,
): string {
  const asked = [
    verdict,
    ...(commit === null ? [] : [`commit ${commit.slice(0, 10)}`]),
    ...(purpose === now.purpose ? [] : [`for a ${purpose}`]),
    ...(source === now.source.kind ? [] : [source === "state" ? "as deployed" : "as declared"]),
  ];
  const counted = [...tally("item", items), ...tally("rule", rules)];
  return `Since ${file} (${asked.join(", ")}): ${counted.join(", ") || "nothing has changed"}`;
}

/** What is worse first, items before rules. */
export function changeLines({ items, rules }: Since): readonly ChangeLine[] {
  const ofItems = inOrder(items).map(({ direction, id, statement, before, after }) =>
    line(direction, id, before, after, statement),
  );
  const ofRules = inOrder(rules).map(({ direction, rule, item, before, after, failing }) => {
    const found = failing.before + failing.after > 0 ? `failures ${failing.before} → ${failing.after}` : "";
    return line(direction, rule, before, after, [item, found].filter(Boolean).join(", "));
  });
  const more = ofRules.length - shownRules;
  const rest = `--format json lists them all`;
  return [
    ...ofItems,
    ...ofRules.slice(0, shownRules),
    ...(more > 0
      ? [{ direction: "otherwise" as const, mark: "…", name: `${more} more rules`, change: rest, about: "" }]
      : []),
  ];
}

function line(
  direction: Direction,
  name: string,
  before: string | null,
  after: string | null,
  about: string,
): ChangeLine {
  const change = before === after ? `${after}` : `${before ?? "new"} → ${after ?? "gone"}`;
  return { direction, mark: directionMarks[direction], name, change, about };
}

function inOrder<T extends { readonly direction: Direction }>(changes: readonly T[]): readonly T[] {
  return directions.flatMap((direction) => changes.filter((change) => change.direction === direction));
}

/** `2 items worse`, `1 item better`. */
function tally(what: string, changes: readonly { readonly direction: Direction }[]): readonly string[] {
  return directions.flatMap((direction) => {
    const { length } = changes.filter((change) => change.direction === direction);
    if (length === 0) return [];
    const how = direction === "otherwise" ? "changed otherwise" : direction;
    return [`${length} ${what}${length === 1 ? "" : "s"} ${how}`];
  });
}
