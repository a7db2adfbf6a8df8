/** What the stack costs a month, at list prices; what has no known price stands there without one. */
import { nothing as free, plus } from "../../../model/prices/price.ts";
import type { Line } from "../../cost/cost.ts";
import { budgetSentence, costSentence, dollars } from "../../cost/text.ts";
import { type Markup, markup } from "../markup.ts";
import { type Context, chapter, missing } from "./context.ts";
import { table } from "./table.ts";

export function costChapter(context: Context): Markup {
  const { value: cost, reason } = context.report.operations?.cost ?? { value: null, reason: null };
  if (!cost) return chapter(context, "cost", "Cost", "Not known.", missing(reason ?? "what is declared"), "");
  const components = [...Map.groupBy(cost.lines, ({ component }) => component)]
    .map(([component, lines]) => ({ component, lines, usd: known(lines) }))
    .toSorted((a, b) => b.usd[1] - a.usd[1]);
  const dearest = Math.max(0, ...components.map(({ usd }) => usd[1]));
  const rows = components.map(({ component, lines, usd }) => [
    markup`<span class="nw">${component}</span>`,
    lines.some((line) => line.usd) ? dollars(usd) : "not known",
    { plot: bar(lines.some((line) => line.usd) ? usd[1] / dearest : undefined) },
    lines
      .toSorted((a, b) => known([b])[1] - known([a])[1])
      .map((line) => (line.usd ? `${line.what} ${dollars(line.usd)}` : `${line.what}: no known price`))
      .join("; "),
  ]);
  const sources = [...new Set(cost.lines.filter(({ usd }) => usd).map(({ source }) => source))];
  const used = cost.byUse.map(({ what }) => what).join(", ");
  return chapter(
    context,
    "cost",
    "Cost",
    `It costs ${costSentence(cost)}. ${budgetSentence(cost.budget)}`,
    table(["Part", "A month", "Against the dearest", "What is billed"], rows, { numeric: [1] }),
    markup`List prices in ${cost.region}, looked up until ${context.clock.day(cost.seen)}, ranges where sources or regions differ: ${sources.join("; ")}. Billed by use, and not in it: ${used || "nothing"}.`,
  );
}

/** A broken line where no price is known. */
function bar(share: number | undefined): Markup {
  const shown =
    share === undefined
      ? markup`<line class="e backup" x2="100%" y1="50%" y2="50%"/>`
      : markup`<rect class="val" y="25%" height="50%" width="${(share * 100).toFixed(1)}%"/>`;
  return markup`<svg aria-hidden="true">${shown}</svg>`;
}

function known(lines: readonly Line[]) {
  return lines.reduce((sum, { usd }) => plus(sum, usd ?? free), free);
}
