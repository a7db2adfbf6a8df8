/** What `oncall` prints. */
import { lasting, moment } from "../../model/on-call/calendar/wording.ts";
import type { Pause } from "../../policies/declared/delivery.ts";
import type { Window } from "../../policies/declared/silence.ts";
import type { EscalationTimes } from "../paging/escalation.ts";
import { escalationLines, utc } from "../paging/escalation-text.ts";
import { type Cell, type Grid, peopleIn } from "../paging/heat-map.ts";
import { type OutageCalls, outageSentence } from "../paging/outage.ts";
import { type QuietnessReport, quietnessLines } from "../paging/quietness.ts";
import type { Duty, Rotation } from "../paging/rotations.ts";
import { announcedLines, lowWarnings, pauseWarnings, silenceWarnings, silentAt } from "../paging/silence.ts";
import { clean, hanging, type Paint } from "../terminal/layout.ts";

export interface RotationReport {
  readonly rotation: Rotation;
  readonly name: string;
  readonly duty: Duty;
  readonly grid: Grid;
  /** Milliseconds of the year without anybody. */
  readonly uncovered: number;
}

export interface OnCallReport {
  readonly stack: string;
  readonly severity: string;
  readonly timeZone: string;
  readonly instant: number;
  readonly note: string | undefined;
  readonly rotations: readonly RotationReport[];
  /** When an incident of this moment rings; nothing where it never does. */
  readonly rings: number | undefined;
  readonly escalation: EscalationTimes;
  /** The services of the severity that do not page at once. */
  readonly pauses: readonly Pause[];
  /** What is to be taken out of the stack file: announced work that is over. */
  readonly over: readonly string[];
  /** The maintenance windows of the year. */
  readonly windows: readonly Window[];
  readonly quietness: QuietnessReport;
  readonly outages: readonly OutageCalls[];
}

const colours = ["cyan", "magenta", "green", "yellow", "blue", "white"] as const;
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const label = 4;

export function onCallText(report: OnCallReport, width: number, paint: Paint): string {
  const {
    stack,
    severity,
    timeZone,
    instant,
    note,
    rotations,
    escalation,
    pauses,
    windows,
    rings,
    over,
    quietness,
    outages,
  } = report;
  const silent = silentAt(windows, instant, (service) => service.endsWith(`-${severity.toLowerCase()}`));
  const people = peopleIn(rotations.map(({ grid }) => grid));
  const colourOf = (person: string) => colours[people.indexOf(person) % colours.length] ?? "white";
  const named = (person: string | undefined) =>
    person === undefined ? paint("red", "nobody") : paint(colourOf(person), clean(person));
  const lines = [
    ...hanging(
      "",
      `${stack}, ${severity}, ${moment(instant, timeZone)} ${timeZone} (${utc(instant)})`,
      width,
      (t) => paint("bold", t),
    ),
    ...(note ? hanging("  ! ", note, width, (t) => paint("yellow", t)) : []),
    ...silenceWarnings(silent, timeZone, width, paint),
    ...lowWarnings(instant, rings, timeZone, width, paint),
    ...pauseWarnings(pauses, width, paint),
    ...over.flatMap((text) => hanging("  ! ", text, width, (t) => paint("yellow", t))),
    "",
    paint("bold", "On call"),
    ...rotations.flatMap(({ rotation, duty: { person, until } }) => {
      const text = `${person ?? "nobody"}${until === undefined ? "" : `, until ${moment(until, timeZone)}`}`;
      const lines = hanging(`  ${rotation.padEnd(8)} `, text, width);
      return lines.map((line) => line.replace(person ?? "nobody", named(person)));
    }),
    ...(rings === undefined
      ? []
      : [
          "",
          ...hanging("", `Escalation by ${escalation.policy}, unless somebody acknowledges`, width, (t) =>
            paint("bold", t),
          ),
          ...escalationLines(escalation, rings, timeZone, width),
        ]),
    "",
    paint("bold", "Pages by chance, and chances of a page"),
    ...quietnessLines(quietness, width),
    ...outages.flatMap((one) => hanging("  ", outageSentence(one), width)),
    ...rotations.flatMap((rotation) => ["", ...coverageLines(rotation, width, paint, colourOf)]),
    ...announcedLines(windows, timeZone, width, paint),
    "",
    ...legend(people, width, named),
  ];
  return `${lines.join("\n")}\n`;
}

function coverageLines(
  { name, grid, uncovered }: RotationReport,
  width: number,
  paint: Paint,
  colourOf: (person: string) => (typeof colours)[number],
): readonly string[] {
  const year = uncovered === 0 ? "somebody at every moment" : `nobody for ${lasting(uncovered)}`;
  const perBlock = Math.max(1, width - label);
  const blocks = Array.from({ length: Math.ceil(grid.length / perBlock) }, (_, i) =>
    grid.slice(i * perBlock, (i + 1) * perBlock),
  );
  return [
    ...hanging("", `Twelve months of ${name}: ${year}`, width, (t) => paint("bold", t)),
    ...blocks.flatMap((weeks) => [
      months(weeks),
      ...weekdays.map(
        (weekday, row) =>
          weekday.padEnd(label) +
          weeks
            .map((week) => square(week[row], paint, colourOf))
            .join("")
            .trimEnd(),
      ),
    ]),
  ];
}

/** The name of each month over its first week; a month of which too little is shown goes without. */
function months(weeks: Grid): string {
  const starts = weeks.flatMap((week, column) => {
    const month = monthOf(week);
    return column > 0 && month === monthOf(weeks[column - 1]) ? [] : [{ month, column }];
  });
  let line = "";
  for (const [i, { month, column }] of starts.entries()) {
    const room = (starts[i + 1]?.column ?? weeks.length) - column;
    if (room < 4) continue;
    const name = new Date(`${month}-01`).toLocaleString("en-US", { month: "short", timeZone: "UTC" });
    line = line.padEnd(label + column) + name;
  }
  return line;
}

/** `2027-03` */
function monthOf(week: Grid[number] | undefined): string | undefined {
  return week?.find((cell) => cell !== undefined)?.date.slice(0, 7);
}

function square(
  cell: Cell | undefined,
  paint: Paint,
  colourOf: (person: string) => (typeof colours)[number],
): string {
  if (!cell) return " ";
  if (cell.person === undefined) return paint("red", "·");
  const mark = cell.covered === 1 ? "█" : cell.covered >= 0.75 ? "▓" : cell.covered >= 0.25 ? "▒" : "░";
  return paint(cell.covered === 1 ? colourOf(cell.person) : "red", mark);
}

function legend(
  people: readonly string[],
  width: number,
  named: (person: string) => string,
): readonly string[] {
  const marks = "█ whole day  ▓ ▒ ░ part of it  · nobody";
  const lines: string[][] = [];
  for (const person of people) {
    const last = lines.at(-1);
    if (last && [...last, person].join("  ").length <= width) last.push(person);
    else lines.push([person]);
  }
  return [marks, ...lines.map((line) => line.map(named).join("  "))];
}
