/** A cost as text. */
import type { Dollars } from "../../model/prices/price.ts";
import { clean, type Paint } from "../terminal/layout.ts";
import type { Budget, Cost, Line } from "./cost.ts";
import type { Need } from "./needs.ts";

/** `$262` or `$245–311`. */
export function dollars([from, to]: Dollars): string {
  const [low, high] = [from, to].map(amount);
  return low === high ? `$${low}` : `$${low}–${high}`;
}

/** Cents count only where there are no dollars. */
function amount(usd: number): string {
  return usd < 10 && usd > 0 ? usd.toFixed(2) : Math.round(usd).toLocaleString("en-US");
}

/** One sentence: `at least $1,480–1,560 a month, and 8 lines without a known price`. */
export function costSentence({ usd, lines }: Pick<Cost, "usd" | "lines">): string {
  const unknown = lines.filter((line) => line.usd === null).length;
  const rest =
    unknown === 0 ? "" : `, and ${unknown} ${unknown === 1 ? "line" : "lines"} without a known price`;
  return `${unknown === 0 ? "" : "at least "}${dollars(usd)} a month${rest}`;
}

/** `The budget is $6,000 a month, $4,000 of it kept for what has no known price or is billed by use.` */
export function budgetSentence({ monthlyUsd, unpricedUsd, because }: Budget): string {
  if (monthlyUsd === null) return `It has no budget: ${because}.`;
  const kept =
    unpricedUsd === null
      ? ""
      : `, ${dollars([unpricedUsd, unpricedUsd])} of it kept for what has no known price or is billed by use`;
  return `The budget is ${dollars([monthlyUsd, monthlyUsd])} a month${kept}.`;
}

export function costText(stack: string, cost: Cost, needs: readonly Need[], paint: Paint): string {
  const { lines, byUse, region, seen } = cost;
  const known = lines.filter(({ usd }) => usd !== null).toSorted((a, b) => high(b) - high(a));
  const unknown = lines.filter(({ usd }) => usd === null);
  const width = Math.max(...known.map(({ usd }) => dollars(usd ?? [0, 0]).length), 1);
  const part = (line: Line) => clean(`${line.component}: ${line.what}`);
  return [
    paint("bold", `${clean(stack)} costs ${costSentence(cost)}.`),
    clean(budgetSentence(cost.budget)),
    `List prices in ${region}, as looked up until ${seen}; ranges where sources or regions differ.`,
    "",
    ...known.map((line) => `${dollars(line.usd ?? [0, 0]).padStart(width + 2)}  ${part(line)}`),
    ...(unknown.length > 0 ? ["", "No known price:"] : []),
    ...unknown.map((line) => `  ${part(line)}: ${clean(line.source)}`),
    ...(byUse.length > 0 ? ["", "Billed by use, which nothing declared limits:"] : []),
    ...byUse.map(({ what, resources }) => `  ${clean(what)}: ${clean(named(resources))}`),
    ...needLines(needs),
    "",
  ].join("\n");
}

/** What it needs a plan for, by plan; then what nobody could tell. */
function needLines(needs: readonly Need[]): readonly string[] {
  const open = needs.filter(({ standing }) => standing === "unread");
  const byPlan = Map.groupBy(
    needs.filter((need) => !open.includes(need)),
    ({ plan }) => plan,
  );
  return [
    ...(byPlan.size > 0 ? ["", "Plans that it needs:"] : []),
    ...[...byPlan].map(([plan, of]) => `  ${plan}: ${of.map(needWords).join("; ")}`),
    ...(open.length > 0 ? ["", "Of which no source was found that tells the plan:"] : []),
    ...open.map(({ name, source }) => `  ${name}: ${source}`),
  ];
}

function needWords({ name, standing }: Need): string {
  return standing === "offered" ? name : `${name} (${standing})`;
}

function named(resources: readonly string[]): string {
  const [first = "", ...others] = resources;
  return others.length > 0 ? `${first} and ${others.length} more` : first;
}

function high({ usd }: Line): number {
  return usd?.[1] ?? 0;
}
