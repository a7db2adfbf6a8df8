/** How often alerts page while nothing is wrong, and how surely they do once something is; nothing without alerts. */
import { isPaging, often } from "../../paging/quietness.ts";
import { type Markup, markup } from "../markup.ts";
import { type Context, heading, nothing } from "./context.ts";
import { keys } from "./marks.ts";
import { type Cell, table } from "./table.ts";
import { count, percent, sum } from "./words.ts";

const shownAlerts = 8;
const weeksOfYear = 52;
/** A decade has the same width everywhere: from one page in 200 years to one a week. */
const [lowest, decades] = [-4, 4];

export function noise(context: Context): Markup {
  const { alerts, detection, pagesAWeek, ceilings } = context.report.quietness;
  if (alerts.length === 0) return nothing;
  const loud = alerts
    .flatMap(({ alert, severity, pagesAWeek: own, why }) => (own ? [{ alert, severity, own, why }] : []))
    .toSorted((a, b) => b.own - a.own);
  const most = ceilings.each;
  const rest = loud.slice(shownAlerts).filter(({ severity }) => isPaging(severity));
  const others = sum(rest.map(({ own }) => own));
  const rows = [
    ...loud
      .slice(0, shownAlerts)
      .map(({ alert, severity, own, why }) => [
        markup`${alert} <span class="sec">${severity?.toUpperCase() ?? ""}</span>`,
        ...numbers(own, most),
        markup`<span class="sec">${why.replace(/ fires? it$/, "")}</span>`,
      ]),
    ...(others > 0
      ? [[`${count(rest.length, "other")} that page`, often(others), rarely(others), { plot: nothing }, ""]]
      : []),
    [markup`<b>All that page together</b>`, ...numbers(pagesAWeek, ceilings.paging), ""],
  ];
  const scale = markup`<span class="ax" aria-hidden="true"><span>0.0001</span><span>0.01</span><span>1</span></span><span class="vh">On a logarithmic scale</span>`;
  return markup`${heading(context, 3, "Pages a week while nothing is wrong")}
${loud.length === 0 ? nothing : markup`${keys(['<circle cx="13" cy="7" r="5" class="val"/>', "pages a week by chance"], ['<path d="M13 0v14" class="alert"/>', "the most that is allowed"])}${table(["Alert", "A week", "That is", scale, "What fires it"], rows, { numeric: [1, 2] })}`}
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

/** How often, and whether that is more than is allowed. */
function numbers(week: number, most: number): readonly Cell[] {
  const shown = week > most ? markup`<strong class="failing">${often(week)}</strong>` : often(week);
  return [shown, markup`<span class="nw">${rarely(week)}</span>`, { plot: dot(week, most) }];
}

function dot(week: number, most: number): Markup {
  const at = (value: number) =>
    `${(Math.min(1, Math.max(0, (Math.log10(value) - lowest) / decades)) * 100).toFixed(1)}%`;
  const kind = week > most ? "val over" : "val";
  return markup`<svg aria-hidden="true"><line class="line" x2="100%" y1="50%" y2="50%"/><line class="alert" x1="${at(most)}" x2="${at(most)}" y1="5%" y2="95%"/><circle cx="${at(week)}" cy="50%" r="5" class="${kind}"/></svg>`;
}

function rarely(week: number): string {
  if (week <= 0) return "never";
  const weeks = 1 / week;
  if (weeks < 1.5) return "every week or more often";
  return weeks < 2 * weeksOfYear
    ? `every ${Math.round(weeks)} weeks`
    : `every ${Math.round(weeks / weeksOfYear)} years`;
}
