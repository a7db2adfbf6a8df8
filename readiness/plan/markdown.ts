/** A plan as GitHub-flavoured Markdown. */
import type { Dollars } from "../../model/prices/price.ts";
import { movementOf } from "../cost/change.ts";
import type { Cost } from "../cost/cost.ts";
import { budgetSentence, dollars } from "../cost/text.ts";
import { code, inline, table } from "../render/markdown-text.ts";
import { type CostChange, costChanges } from "./costs.ts";
import { type Change, type Plan, planSummary } from "./plan.ts";
import { movedShifts, shiftLines } from "./shifts.ts";

/** Rows of a table and lines of a list; a plan of thousands of changes is read in the log. */
const shownRows = 60;
const shownMessages = 20;
/** Changed inputs that are named for one resource. */
const shownProperties = 8;

/** The plan of a stack: what it would do, what stopped it, whose shift it moves, what the bill will show. */
export function planBlocks(stack: string, plan: Plan, now: Date, cost?: Cost): readonly string[] {
  return [
    `## Plan of ${inline(stack)}: ${planSummary(plan)}`,
    ...messages("Stopped by policy", plan.violations),
    ...messages("Errors", plan.errors),
    ...shiftBlocks(shiftLines(movedShifts(plan, now))),
    ...changeBlocks(plan.changes),
    ...costBlocks(costChanges(plan.changes), cost && moneySentence(plan.changes, cost)),
  ];
}

/** The changes of a plan; creations are only counted by type, since nothing is lost by them. */
export function changeBlocks(changes: readonly Change[]): readonly string[] {
  const creations = changes.filter((c) => c.operation === "create");
  const others = changes.filter((c) => c.operation !== "create");
  const rows = others.map(({ operation, name, type, properties }) => [
    operation === "replace" || operation === "delete" ? `**${operation}**` : operation,
    code(name),
    code(type),
    listed(properties, shownProperties),
  ]);
  const byType = Map.groupBy(creations, (c) => c.type);
  rows.push(
    ...[...byType].map(([type, [first, ...more]]) => {
      return [
        "create",
        more.length === 0 ? code(first?.name ?? "") : `${more.length + 1} resources`,
        code(type),
        "",
      ];
    }),
  );
  if (rows.length === 0) return [];
  const body = table(["", "Resource", "Type", "What changes"], rows.slice(0, shownRows));
  return [`<details open>\n<summary>Changes</summary>`, body, ...more(rows.length - shownRows), "</details>"];
}

function shiftBlocks(lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return ["### Who is on call changes", lines.map((line) => `- ${inline(line)}`).join("\n")];
}

function costBlocks(costs: readonly CostChange[], money: string | undefined): readonly string[] {
  if (costs.length === 0) return [];
  const groups = Map.groupBy(costs, ({ change, what, sizes }) =>
    JSON.stringify([change.operation, what, sizes]),
  );
  const rows = [...groups.values()].map((group) => {
    const [{ change, what, sizes }] = group as [CostChange];
    const names = group.map((c) => c.change.name);
    return [change.operation, inline(what), listed(names, 3), sizes.map(inline).join("<br>")];
  });
  return [
    "### What changes the bill",
    ...(money === undefined ? [] : [money]),
    table(["", "Billed", "Resource", "Size"], rows.slice(0, shownRows)),
    ...more(rows.length - shownRows),
  ];
}

/** Before and after; of what has no known price, how many changes there are. */
function moneySentence(changes: readonly Change[], { usd: after, region, lines, budget }: Cost): string {
  const { usd: more, unknown } = movementOf(changes, region);
  const before: Dollars = [after[0] - more[0], after[1] - more[1]];
  const rest =
    unknown === 0 ? "" : ` ${unknown} of these changes ${unknown === 1 ? "has" : "have"} no known price.`;
  const because = budget.because && inline(budget.because);
  const allowed = budgetSentence({ ...budget, because });
  const least = lines.some(({ usd }) => usd === null) ? "at least " : "";
  return `At list prices ${least}${dollars(before)} a month before, ${dollars(after)} after. ${allowed}${rest}`;
}

function messages(title: string, texts: readonly string[]): readonly string[] {
  const lines = [...new Set(texts)].map((text) => `- ${inline(text)}`);
  if (lines.length === 0) return [];
  return [`### ${title}`, lines.slice(0, shownMessages).join("\n"), ...more(lines.length - shownMessages)];
}

function listed(names: readonly string[], limit: number): string {
  const rest = names.length - limit;
  return names.slice(0, limit).map(code).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

function more(number: number): readonly string[] {
  return number > 0 ? [`_and ${number} more: see the log_`] : [];
}
