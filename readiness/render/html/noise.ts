/** How often alerts page while nothing is wrong, and how surely they do once something is; nothing without alerts. */
import { often } from "../../paging/quietness.ts";
import { type Markup, markup } from "../markup.ts";
import { type Context, heading, nothing } from "./context.ts";
import { keys } from "./marks.ts";
import { table } from "./table.ts";
import { percent } from "./words.ts";

const shownAlerts = 8;
const weeksOfYear = 52;
/** A decade has the same width everywhere: from one page in 200 years to one a week. */
const [lowest, decades] = [-4, 4];

export function noise(context: Context): Markup {
  const { alerts, detection, pagesAWeek } = context.report.quietness;
  if (alerts.length === 0) return nothing;
  const loud = alerts
    .flatMap(({ alert, severity, pagesAWeek: own, why }) => (own ? [{ alert, severity, own, why }] : []))
    .toSorted((a, b) => b.own - a.own);
  const rows = loud
    .slice(0, shownAlerts)
    .map(({ alert, severity, own, why }) => [
      markup`${alert} <span class="sec">${severity?.toUpperCase() ?? ""}</span>`,
      often(own),
      rarely(own),
      { plot: dot(own) },
      markup`<span class="sec">${why}</span>`,
    ]);
  const scale = markup`<span class="ax" aria-hidden="true"><span>0.0001</span><span>0.01</span><span>1</span></span><span class="vh">On a logarithmic scale</span>`;
  return markup`${heading(context, 3, "Pages a week while nothing is wrong")}
<p class="note">All alerts that page together: ${often(pagesAWeek)} a week.</p>
${rows.length === 0 ? nothing : markup`${keys(['<circle cx="13" cy="7" r="5" class="val"/>', "pages a week by chance"])}${table(["Alert", "A week", "That is", scale, "What fires it"], rows, { numeric: [1] })}`}
${
  detection.length === 0
    ? nothing
    : markup`${heading(context, 3, "How surely somebody is told")}${table(
        ["Failing requests", "Of", "Requests a minute", "In time", "Alert"],
        detection.map((one) => [
          percent(one.errorShare),
          one.service,
          String(one.requestsPerMinute),
          `${Math.floor(one.chance * 1000) / 10} % within ${one.withinMinutes} min`,
          one.alert ?? "–",
        ]),
        { numeric: [2, 3] },
      )}`
}`;
}

/** How often nothing wakes somebody, in a sentence; nothing without alerts. */
export function noiseSentence({ report: { quietness } }: Context): string {
  if (quietness.alerts.length === 0) return "";
  const { pagesAWeek } = quietness;
  return ` While nothing is wrong, chance pages somebody ${pagesAWeek > 0 ? rarely(pagesAWeek) : "never"}.`;
}

function dot(week: number): Markup {
  const share = Math.min(1, Math.max(0, (Math.log10(week) - lowest) / decades));
  return markup`<svg aria-hidden="true"><line class="line" x2="100%" y1="50%" y2="50%"/><circle cx="${(share * 100).toFixed(1)}%" cy="50%" r="5" class="val"/></svg>`;
}

function rarely(week: number): string {
  if (week <= 0) return "never";
  const weeks = 1 / week;
  if (weeks < 1.5) return "every week or more often";
  return weeks < 2 * weeksOfYear
    ? `every ${Math.round(weeks)} weeks`
    : `every ${Math.round(weeks / weeksOfYear)} years`;
}
