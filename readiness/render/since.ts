/** What has changed since another report, in the words that the formats for reading have in common. */
import type { StackReport } from "../report.ts";
import type { AlertState, Direction, Since } from "../since/since.ts";

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

/** Rules, and alerts, that are written out; the JSON report has them all. */
const shown = 12;

/** `Since last.json (NO-GO, commit 0123456789): 2 items better, 1 worse`. */
export function sinceHead(
  { file, verdict, commit, purpose, source, items, rules, alerts }: Since,
  now: StackReport,
): string {
  const asked = [
    verdict,
    ...(commit === null ? [] : [`commit ${commit.slice(0, 10)}`]),
    ...(purpose === now.purpose ? [] : [`for a ${purpose}`]),
    ...(source === now.source.kind ? [] : [source === "state" ? "as deployed" : "as declared"]),
  ];
  const counted = [...tally("item", items), ...tally("rule", rules), ...tally("alert", alerts ?? [])];
  return `Since ${file} (${asked.join(", ")}): ${counted.join(", ") || "nothing has changed"}`;
}

/** What is worse first; items, then rules, then alerts. */
export function changeLines({ items, rules, alerts }: Since): readonly ChangeLine[] {
  const ofItems = inOrder(items).map(({ direction, id, statement, before, after }) =>
    line(direction, id, before, after, statement),
  );
  const ofRules = inOrder(rules).map(({ direction, rule, item, before, after, failing }) => {
    const found = failing.before + failing.after > 0 ? `failures ${failing.before} → ${failing.after}` : "";
    return line(direction, rule, before, after, [item, found].filter(Boolean).join(", "));
  });
  const ofAlerts = inOrder(alerts ?? []).map(({ direction, alert, before, after }) =>
    line(direction, alert, before && stateText(before), after && stateText(after), "alert"),
  );
  return [...ofItems, ...firstOf(ofRules, "rules"), ...firstOf(ofAlerts, "alerts")];
}

function firstOf(lines: readonly ChangeLine[], what: string): readonly ChangeLine[] {
  const more = lines.length - shown;
  if (more <= 0) return lines;
  const rest = { change: "--format json lists them all", about: "" };
  return [
    ...lines.slice(0, shown),
    { direction: "otherwise", mark: "…", name: `${more} more ${what}`, ...rest },
  ];
}

function stateText({ severity, pagesAWeek }: AlertState): string {
  const often = pagesAWeek === null ? "" : `, ${pagesAWeek} pages a week by chance`;
  return `${severity?.toUpperCase() ?? "no severity"}${often}`;
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

export function inOrder<T extends { readonly direction: Direction }>(changes: readonly T[]): readonly T[] {
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
