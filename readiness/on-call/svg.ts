/** The year's coverage as a picture. */

import { type Grid, peopleIn } from "../paging/heat-map.ts";
import { escaped } from "../render/markup.ts";
import type { OnCallReport } from "./text.ts";

const palette = ["#0072b2", "#cc79a7", "#009e73", "#e69f00", "#56b4e9", "#999999"];
const nobody = "#d00000";
const side = 12;
const pitch = 14;
const left = 40;
const gridHeight = 7 * pitch + 40;
/** Of the legend: five names to a line. */
const nameWidth = 150;
const namesPerLine = 5;
const weekdays = ["Mon", "", "Wed", "", "Fri", "", "Sun"];

/** One grid below the other, each day with its date, person and coverage as a tooltip. */
export function onCallSvg({ stack, rotations }: OnCallReport): string {
  const people = peopleIn(rotations.map(({ grid }) => grid));
  const weeks = Math.max(...rotations.map(({ grid }) => grid.length));
  const width = left + weeks * pitch + 10;
  const legendTop = rotations.length * gridHeight + 10;
  const height = legendTop + (Math.floor(people.length / namesPerLine) + 1) * 20 + 20;
  const colourOf = (person: string) => palette[people.indexOf(person) % palette.length] ?? nobody;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="11">`,
    `<title>${escaped(`On call for ${stack}, twelve months`)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...rotations.flatMap(({ name, grid }, i) => [
      `<text x="4" y="${i * gridHeight + 16}" font-weight="bold">${escaped(name)}</text>`,
      ...weekdays.map((day, row) => `<text x="4" y="${i * gridHeight + 34 + row * pitch}">${day}</text>`),
      ...squares(grid, i * gridHeight + 24, colourOf),
    ]),
    ...[...people, "not the whole day"].map((name, i) => {
      const x = left + (i % namesPerLine) * nameWidth;
      const y = legendTop + Math.floor(i / namesPerLine) * 20;
      const fill = i < people.length ? colourOf(name) : nobody;
      return `<rect x="${x}" y="${y}" width="${side}" height="${side}" fill="${fill}"/><text x="${x + 18}" y="${y + 10}">${escaped(name)}</text>`;
    }),
    "</svg>",
    "",
  ].join("\n");
}

function squares(grid: Grid, top: number, colourOf: (person: string) => string): readonly string[] {
  return grid.flatMap((week, column) =>
    week.flatMap((cell, row) => {
      if (!cell) return [];
      const whole = cell.covered === 1 && cell.person !== undefined;
      const fill = whole ? colourOf(cell.person ?? "") : nobody;
      const covered = `${Math.floor(cell.covered * 100)} %`;
      const tip = escaped(`${cell.date}: ${cell.person ?? "nobody"}, ${covered}`);
      const place = `x="${left + column * pitch}" y="${top + row * pitch}" width="${side}" height="${side}"`;
      return [`<rect ${place} fill="${fill}"><title>${tip}</title></rect>`];
    }),
  );
}
