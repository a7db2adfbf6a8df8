/** Who is on call: the year, the next turns, the load, and the nights in which clocks change. */
import type { OnCallYear, YearOfRotation } from "../../operations/year.ts";
import { gridOf, peopleIn } from "../../paging/heat-map.ts";
import { type Markup, markup } from "../markup.ts";
import { type Context, chapter, heading, missing } from "./context.ts";
import { keys } from "./marks.ts";
import { table } from "./table.ts";
import { count, list, sum } from "./words.ts";
import { Initials, yearPicture } from "./year-picture.ts";

/** Turns that are listed. */
const next = 4;
const minutesMs = 60_000;

export function yearChapter(context: Context): Markup {
  const told = context.report.operations?.onCall;
  if (!told?.value) {
    return chapter(
      context,
      "oncall",
      "Who is on call",
      "Who is on call is not known.",
      missing(told?.reason ?? "the rotations"),
    );
  }
  const year = told.value;
  const grids = year.rotations.map((rotation) => gridOf(year, spansOf(rotation)));
  const initials = new Initials(peopleIn(grids));
  const legend = initials.people.map((person) => markup`<span>${chip(initials, person)}</span>`);
  return chapter(
    context,
    "oncall",
    "Who is on call",
    lead(year),
    markup`${yearPicture(context, year, grids, initials)}
<p class="key">${legend}</p>${keys(
      ['<rect x="7" y="1" width="12" height="12" class="dst"/>', "clocks change"],
      ['<path d="M8 2l10 10m0-10l-10 10" class="gap"/>', "not the whole day has somebody"],
    )}
<div class="two"><div>${heading(context, 3, "The next turns")}${turns(context, year, initials)}</div>
<div>${heading(context, 3, "A year's load")}${load(year, initials)}</div></div>
${heading(context, 3, "Days on which clocks change")}${changes(context, year, initials)}`,
    markup`declared schedules ${list(year.rotations.map(({ name }) => name))}, times of ${year.timeZone} (<code>npm run oncall</code>). A day shows whoever has most of it.`,
  );
}

function lead({ rotations, clockChanges }: OnCallYear): string {
  const open = rotations.flatMap(({ rotation, shifts }) => {
    const minutes = sum(
      shifts.map(({ from, to, person }) =>
        person === null ? (Date.parse(to) - Date.parse(from)) / minutesMs : 0,
      ),
    );
    return minutes > 0 ? [`${rotation} for ${count(Math.round(minutes / 60), "hour")}`] : [];
  });
  if (open.length > 0) return `Nobody is on call in these twelve months: ${list(open)}.`;
  const names = list(rotations.map(({ rotation }) => `the ${rotation}`));
  const nights =
    clockChanges.length > 0
      ? `, the ${count(clockChanges.length, "day")} on which clocks change included`
      : "";
  return `Somebody has ${names} at every moment of the next twelve months${nights}.`;
}

function spansOf({ shifts }: YearOfRotation) {
  return shifts.map(({ from, to, person }) => ({
    from: Date.parse(from),
    to: Date.parse(to),
    person: person ?? undefined,
  }));
}

function chip(initials: Initials, person: string | null): Markup {
  if (person === null) return markup`<strong class="failing">nobody</strong>`;
  return markup`<span class="nw"><span class="chip ${initials.tint(person)}" aria-hidden="true">${initials.of(person)}</span>${person}</span>`;
}

function at({ shifts }: YearOfRotation, time: number): string | null {
  return shifts.find(({ from, to }) => Date.parse(from) <= time && time < Date.parse(to))?.person ?? null;
}

function heads(year: OnCallYear): readonly string[] {
  return year.rotations.map(({ rotation }) => (rotation === "primary" ? "Primary" : "Backup"));
}

function turns({ clock }: Context, year: OnCallYear, initials: Initials): Markup {
  const [first] = year.rotations;
  const rows = (first?.shifts ?? [])
    .slice(0, next)
    .map(({ from }, i) => [
      i === 0 ? "now" : clock.moment(from),
      ...year.rotations.map((rotation) => chip(initials, at(rotation, Date.parse(from)))),
    ]);
  return table(["From", ...heads(year)], rows, { narrow: true });
}

function load(year: OnCallYear, initials: Initials): Markup {
  const days = (rotation: YearOfRotation, person: string) =>
    sum(
      rotation.shifts.map((shift) =>
        shift.person === person ? Date.parse(shift.to) - Date.parse(shift.from) : 0,
      ),
    ) / 86_400_000;
  const rows = initials.people.map((person) => [
    chip(initials, person),
    ...year.rotations.map((rotation) => String(Math.round(days(rotation, person)))),
  ]);
  return table(["Person", ...heads(year).map((head) => `Days ${head.toLowerCase()}`)], rows, {
    numeric: [1, 2],
    narrow: true,
  });
}

/** The change itself comes in the night: who has the shift at three. */
function changes({ clock }: Context, year: OnCallYear, initials: Initials): Markup {
  if (year.clockChanges.length === 0)
    return markup`<p class="note">Clocks of ${year.timeZone} do not change.</p>`;
  const rows = year.clockChanges.map(({ date, hours }) => {
    const night = Date.parse(`${date}T03:00:00Z`);
    return [
      clock.day(`${date}T12:00:00Z`),
      `${hours} hours`,
      ...year.rotations.map((rotation) => chip(initials, at(rotation, night))),
    ];
  });
  return table(["Day", "It has", ...heads(year)], rows);
}
