/** The year as a picture: a column a week, a row a weekday, a rectangle for each run of a person's. */
import type { OnCallYear } from "../../operations/year.ts";
import type { Cell, Grid } from "../../paging/heat-map.ts";
import { type Markup, markup } from "../markup.ts";
import type { Context } from "./context.ts";

const size = 13;
const left = 26;
const top = 28;
const band = 7 * size + 26;
const tints = 6;

/** People with a letter and a tint each. */
export class Initials {
  readonly people: readonly string[];

  constructor(people: readonly string[]) {
    this.people = people.toSorted();
  }

  /** Two letters where one would be two people's. */
  of(person: string): string {
    const same = this.people.filter((other) => other.charAt(0) === person.charAt(0));
    if (same.length < 2) return person.charAt(0);
    return person
      .split(" ")
      .map((word) => word.charAt(0))
      .slice(0, 2)
      .join("");
  }

  tint(person: string): string {
    return `p${this.people.indexOf(person) % tints}`;
  }
}

/** In halves, which stand side by side where there is room. */
export function yearPicture(
  context: Context,
  year: OnCallYear,
  grids: readonly Grid[],
  initials: Initials,
): Markup {
  const weeks = Math.max(0, ...grids.map((grid) => grid.length));
  const half = Math.ceil(weeks / 2);
  const halves = [
    [0, half],
    [half, weeks],
  ] as const;
  return markup`<div class="year">${halves.map(([from, to]) => part(context, year, grids, initials, from, to))}</div>`;
}

function part(
  { prefix, clock }: Context,
  { rotations, clockChanges }: OnCallYear,
  grids: readonly Grid[],
  initials: Initials,
  from: number,
  to: number,
): Markup {
  const changing = new Set(clockChanges.map(({ date }) => date));
  const bands = grids.map((grid, i) => {
    const weeks = grid.slice(from, to);
    const y = top + i * band;
    return markup`<text class="ttl" x="${left}" y="${y - 5}">${rotations[i]?.rotation ?? ""}</text><text x="0" y="${y + 10}">Mon</text><text x="0" y="${y + 6 * size + 10}">Sun</text>${weeks.map((week, w) => weekOf(week, left + w * size, y, initials))}${weeks.map((week, w) => marksOf(week, left + w * size, y, changing))}`;
  });
  const days = (grids[0] ?? [])
    .slice(from, to)
    .flat()
    .filter((cell) => cell !== undefined);
  const [first, last] = [days[0]?.date ?? "", days.at(-1)?.date ?? ""];
  const id = `${prefix}year-${from}`;
  const height = top + grids.length * band - 24;
  return markup`<svg viewBox="0 0 ${left + 27 * size} ${height}" role="img" aria-labelledby="${id}"><title id="${id}">${rotations.map(({ rotation }) => rotation).join(" and ")} from ${clock.day(first)} to ${clock.day(last)}, a column a week, a letter for each person; the turns stand in the tables below</title>${months(grids[0] ?? [], from, to)}${bands}</svg>`;
}

/** The name of each month over the week in which it begins. */
function months(grid: Grid, from: number, to: number): readonly Markup[] {
  return grid.slice(from, to).flatMap((week, w) => {
    const first = week.find((cell) => cell?.date.endsWith("-01"));
    if (!first) return [];
    const name = new Date(first.date)
      .toLocaleString("en-GB", { month: "short", timeZone: "UTC" })
      .replace("Sept", "Sep");
    const year = first.date.slice(5, 7) === "01" ? first.date.slice(0, 4) : "";
    return [markup`<text x="${left + w * size}" y="9">${name} ${year}</text>`];
  });
}

function weekOf(week: readonly (Cell | undefined)[], x: number, y: number, initials: Initials): Markup {
  const runs: { readonly person: string | undefined; readonly start: number; end: number }[] = [];
  for (const [d, cell] of week.entries()) {
    if (!cell) continue;
    const last = runs.at(-1);
    if (last && last.person === cell.person && last.end === d - 1) last.end = d;
    else runs.push({ person: cell.person, start: d, end: d });
  }
  const shown = runs.flatMap(({ person, start, end }) => {
    if (person === undefined) return [];
    const height = (end - start + 1) * size - 1;
    return [
      markup`<rect class="${initials.tint(person)}" x="${x}" y="${y + start * size}" width="12" height="${height}"/><text class="who" x="${x + 6}" y="${y + start * size + height / 2 + 3}">${initials.of(person)}</text>`,
    ];
  });
  return markup`${shown}`;
}

/** Days of a clock change, and days that nobody has whole. */
function marksOf(
  week: readonly (Cell | undefined)[],
  x: number,
  y: number,
  changing: ReadonlySet<string>,
): Markup {
  const shown = week.flatMap((cell, d) => {
    if (!cell) return [];
    const change = changing.has(cell.date)
      ? [markup`<rect class="dst" x="${x}" y="${y + d * size}" width="12" height="12"/>`]
      : [];
    const gap =
      cell.covered < 1 ? [markup`<path class="gap" d="M${x} ${y + d * size}l12 12m0-12l-12 12"/>`] : [];
    return [...change, ...gap];
  });
  return markup`${shown}`;
}
