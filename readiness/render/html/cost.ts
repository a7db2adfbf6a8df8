/** What the stack costs a month, at list prices; what has no known price stands there without one. */
import { nothing as free, plus } from "../../../model/prices/price.ts";
import type { Line } from "../../cost/cost.ts";
import { costSentence, dollars } from "../../cost/text.ts";
import { type Markup, markup } from "../markup.ts";
import { type Context, chapter, missing } from "./context.ts";
import { table } from "./table.ts";

export function costChapter(context: Context): Markup {
  const { value: cost, reason } = context.report.operations?.cost ?? { value: null, reason: null };
  if (!cost) return chapter(context, "cost", "Cost", "Not known.", missing(reason ?? "what is declared"), "");
  const components = [...Map.groupBy(cost.lines, ({ component }) => component)]
    .map(([component, lines]) => ({ component, lines, usd: known(lines) }))
    .toSorted((a, b) => b.usd[1] - a.usd[1]);
  const rows = components.map(({ component, lines, usd }) => [
    component,
    lines
      .toSorted((a, b) => known([b])[1] - known([a])[1])
      .map((line) => (line.usd ? `${line.what} ${dollars(line.usd)}` : `${line.what}: no known price`))
      .join("; "),
    lines.some((line) => line.usd) ? dollars(usd) : "not known",
  ]);
  const sources = [...new Set(cost.lines.filter(({ usd }) => usd).map(({ source }) => source))];
  const used = cost.byUse.map(({ what }) => what).join(", ");
  return chapter(
    context,
    "cost",
    "Cost",
    `It costs ${costSentence(cost)}.`,
    table(["Part", "What is billed", "A month"], rows, { numeric: [2] }),
    markup`List prices in ${cost.region}, looked up until ${context.clock.day(cost.seen)}, ranges where sources or regions differ: ${sources.join("; ")}. Billed by use, and not in it: ${used || "nothing"}.`,
  );
}

function known(lines: readonly Line[]) {
  return lines.reduce((sum, { usd }) => plus(sum, usd ?? free), free);
}
