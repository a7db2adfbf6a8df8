/** An error budget: how much a month allows, what one outage costs of it, and who tells how fast it goes. */
import type { Budget } from "../../operations/levels.ts";
import { type Markup, markup } from "../markup.ts";
import { type Context, heading, nothing } from "./context.ts";
import { detectionOf, lastOutage } from "./faults.ts";
import { duration, list, number, percent } from "./words.ts";

/** How much of a month's budget one total outage costs before somebody is told. */
export function budgetOf(
  context: Context,
  { service, minutes, monthHours, targetPercent, burns }: Budget,
): Markup {
  const first = lastOutage(detectionOf(context), service);
  const title = `Error budget of ${service}: ${number(minutes, 1)} minutes of ${monthHours} hours`;
  const cost = first?.fault.budgetShare ?? undefined;
  const picture =
    cost === undefined
      ? nothing
      : markup`<div class="tank" aria-hidden="true"><span class="out" style="width:${(cost * 100).toFixed(2)}%"></span><span class="left">${number(minutes, 1)} min at ${targetPercent} %</span></div>`;
  const said =
    first === undefined || cost === undefined
      ? "No alert looks for a total outage of it."
      : `The sliver is what a total outage costs until somebody is told: ${duration(first.fault.seconds)}, ${percent(cost)} of the budget.`;
  return markup`${heading(context, 3, title)}<figure>${picture}<figcaption class="src">${said} ${burnt(burns)} What is spent of it Datadog counts, and no report holds.</figcaption></figure>`;
}

function burnt(burns: Budget["burns"]): string {
  const told = burns.map(
    ({ share, hours, severity }) =>
      `${percent(share)} went within ${hours} h${severity ? ` (${severity.toUpperCase()})` : ""}`,
  );
  return told.length === 0
    ? "No alert tells how fast it burns."
    : `Burn-rate alerts ring when ${list(told)}.`;
}
