/** An outage's way to a person, against each severity's time to answer. */
import type { Escalation } from "../../operations/escalations.ts";
import { type Markup, markup } from "../markup.ts";
import { type Context, chapter, heading, missing, nothing } from "./context.ts";
import { detectionOf, lastOutage } from "./faults.ts";
import { keys } from "./marks.ts";
import { table } from "./table.ts";
import { outsideWays, spareOf, type Way, waysOf } from "./ways.ts";
import { capital, duration, list } from "./words.ts";

interface Timed {
  readonly escalation: Escalation;
  readonly ways: readonly Way[];
  /** The least that any of them leaves; nothing where nothing rings. */
  readonly spare: number | undefined;
}

export function humansChapter(context: Context): Markup {
  const { report, clock, now } = context;
  const escalations = report.operations?.escalations;
  const alerts = report.operations?.alerts;
  if (!escalations?.value || !alerts?.value) {
    const reason = escalations?.reason ?? alerts?.reason ?? "who is told of an alert";
    return chapter(
      context,
      "humans",
      "From alert to human",
      "Who is told, and when, is not known.",
      missing(reason),
    );
  }
  const timed = escalations.value.map((escalation): Timed => {
    const ways = waysOf(context, escalation);
    const spare = ways.length > 0 ? Math.min(...ways.map((way) => spareOf(escalation, way))) : undefined;
    return { escalation, ways, spare };
  });
  return chapter(
    context,
    "humans",
    "From alert to human",
    lead(context, timed),
    markup`${keys(
      ['<rect y="2" width="26" height="10" class="val"/>', "not noticed yet, or on its way"],
      ['<circle cx="13" cy="7" r="6" class="ring"/>', "a level is told"],
      ['<path d="M13 0v14" class="limit"/>', "response time of the severity"],
    )}
${timed.map((one) => severityPart(context, one))}`,
    markup`declared monitors, checks, policies and rotations, at worst (<code>npm run drill</code>); names are those of ${clock.moment(now)}. ${assumptions(timed)} <code>npm run drill -- --send</code> measures.`,
  );
}

function lead(context: Context, timed: readonly Timed[]): string {
  const first = lastOutage(detectionOf(context));
  const rings = first
    ? `A total outage ${first.alert.rings ? "rings a phone" : "is mailed to somebody"} after ${duration(first.fault.seconds)} at most${withoutDatadog(context)}.`
    : "No alert that rings looks for a total outage.";
  const known = timed.flatMap(({ escalation: { severity }, spare }) =>
    spare === undefined ? [] : [{ severity, spare }],
  );
  const late = known.filter(({ spare }) => spare < 0).map(({ severity }) => severity);
  if (late.length > 0) return `${rings} Not every level of ${list(late)} is told in time.`;
  if (known.length === 0) return rings;
  const least = Math.min(...known.map(({ spare }) => spare));
  const tight = known.filter(({ spare }) => spare === least).map(({ severity }) => severity);
  return `${rings} Every level is told in time; ${list(tight)} ${tight.length === 1 ? "has" : "have"} the least to spare, ${duration(least)}.`;
}

function withoutDatadog({ report }: Context): string {
  const watches = report.operations?.outside.value ?? [];
  if (watches.length === 0) return "";
  return `, and after ${duration(Math.min(...watches.map(({ seconds }) => seconds)))} while Datadog is down`;
}

/** What no vendor promises; nothing where no step says so of itself. */
function assumptions(timed: readonly Timed[]): string {
  const steps = timed.flatMap(({ ways }) => ways.flatMap((way) => way.steps));
  const names = [...new Set(steps.filter(({ assumed }) => assumed).map(({ name }) => name))];
  return names.length === 0 ? "" : `${capital(list(names))} are assumed, no vendor promises them;`;
}

function severityPart(context: Context, { escalation, ways, spare }: Timed): Markup {
  const { severity, title, examples, responseMinutes, levels, urgency } = escalation;
  const outside = outsideWays(context, severity);
  // Low urgency does not escalate.
  const rows = levels
    .slice(0, urgency === "low" ? 1 : undefined)
    .map(({ after, told }, i) => [
      markup`<b>${i + 1}</b> ${told.map(named).join(", ")}`,
      ...(ways.length === 0
        ? ["at once"]
        : ways.map((way) => (i < way.levels ? duration(way.seconds + after) : "–"))),
    ]);
  const heads = ways.length < 2 ? ["After"] : ["First", "Last"];
  const numeric = heads.map((_, i) => i + 1);
  return markup`<div class="sev"><div>${heading(context, 3, `${severity} ${title}: answer within ${duration(responseMinutes * 60)}`)}<p class="src">${capital(examples.join(", "))}</p>
${ways.map((way) => track(escalation, way))}${outside.map((way) => track(escalation, way))}${ways.length > 0 ? scale(responseMinutes) : nothing}</div>
<div>${table(["Told, if nobody answers", ...heads], rows, { numeric, narrow: true })}<p class="src">${[saidOf(escalation, ways, spare), ...outside.map(saidOfOutside)].join(" ")}</p></div></div>`;
}

function saidOf({ severity, urgency }: Escalation, ways: readonly Way[], spare: number | undefined): string {
  const last = ways.at(-1);
  if (last === undefined || spare === undefined) {
    return urgency === "low"
      ? "Low urgency: an e-mail to whoever is on call, and nobody is called."
      : "No alert has this severity.";
  }
  return [
    `${last.label}: ${stepsOf(last)}.`,
    spare < 0 ? `${duration(-spare)} too late.` : `${duration(spare)} to spare.`,
    ...(severity === "SEV1" && ways.length > 1 ? [joined(ways)] : []),
    ...(urgency === "by-day" ? ["At night it is mailed, and rings in the morning."] : []),
  ].join(" ");
}

/** An outage is one call, however many alerts tell of it. */
function joined([first]: readonly Way[]): string {
  const opens = first?.opens ?? [];
  return [
    ...(opens.length > 0 ? [`It opens the incidents of ${list(opens)} with its own.`] : []),
    "What tells of the same outage later joins, and rings nobody anew.",
  ].join(" ");
}

function stepsOf({ steps }: Way): string {
  return steps.map(({ name, seconds }) => `${seconds} s ${name}`).join(" + ");
}

/** It stands in for what is down itself, and need not keep the time of what it stands in for. */
function saidOfOutside(way: Way): string {
  return `While Datadog is down: ${stepsOf(way)}; the other levels follow in their times.`;
}

/** A rail as long as the response time: the steps until a phone rings, then the levels. */
function track(
  { responseMinutes, levels }: Escalation,
  { label, what, rings, seconds, steps, levels: reached }: Way,
): Markup {
  const whole = responseMinutes * 60;
  const share = (after: number) => Math.min(100, (after / whole) * 100);
  const at = (after: number) => `${share(after).toFixed(2)}%`;
  let from = 0;
  const segments = steps.map((step) => {
    const part = markup`<span class="seg" style="left:${at(from)};width:${(share(from + step.seconds) - share(from)).toFixed(2)}%"></span>`;
    from += step.seconds;
    return part;
  });
  const told = levels
    .slice(0, reached)
    .map(
      ({ after }, i) =>
        markup`<span class="lvl" style="left:max(.75rem,${at(seconds + after)})">${i + 1}</span>`,
    );
  return markup`<div class="track"><p>${label}: ${what}, ${rings ? "rings" : "mails"} after <span class="nw">${duration(seconds)}</span></p><div class="rail" aria-hidden="true">${segments}${told}</div></div>`;
}

function scale(minutes: number): Markup {
  const shares = minutes < 60 ? [0, 0.2, 0.4, 0.6, 0.8, 1] : [0, 0.25, 0.5, 0.75, 1];
  const marks = shares.map((share) => {
    const side = share === 0 ? "l" : share === 1 ? "r" : "";
    return markup`<span class="${side}" style="left:${share * 100}%">${share === 0 ? "0" : duration(minutes * 60 * share)}</span>`;
  });
  return markup`<div class="scale" aria-hidden="true">${marks}</div>`;
}

/** `cto: Helen Abara` as `Helen Abara (cto)`. */
function named(told: string): string {
  return told.replace(/^([\w-]+): (.*)$/, "$2 ($1)");
}
