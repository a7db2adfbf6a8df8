/** A metric trace: values by time, on a grid, checked as a whole before anything is evaluated. */
import { UsageError } from "../errors.ts";
import {
  distancesOf,
  gathered,
  gridOf,
  isMultiple,
  type Rows,
  sorted,
  usualStep,
  type Way,
} from "./gathered.ts";
import { parseTime } from "./time.ts";

export interface Trace {
  /** When each row's interval begins, in seconds since 1970, ascending. */
  readonly times: Float64Array;
  /** Length of the interval that a row stands for. */
  readonly stepSeconds: number;
  /** Values by the name of their column; NaN where a row has none. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** How each row is found in its file, such as `line 7`. */
  readonly place: (row: number) => string;
}

/** The first moment after a trace. */
export function endOf({ times, stepSeconds }: Trace): number {
  return (times.at(-1) ?? 0) + stepSeconds;
}

/** A trace that cannot be used, with what is wrong with it. */
export class TraceError extends UsageError {
  /** @param problems one line each; the first few are told */
  constructor(file: string, problems: readonly string[]) {
    const told = problems.slice(0, 5).map((problem) => `  ${problem}`);
    const more = problems.length > told.length ? [`  and ${problems.length - told.length} more`] : [];
    super([`${file} cannot be used:`, ...told, ...more].join("\n"));
  }
}

/** The longest window of a monitor: after it, nothing is left of what was before. */
const longestGapDays = 30;
const number = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
/** How exporters write that there is no value: Prometheus, Grafana, Python, R, spreadsheets. */
const noValue = /^([+-]?nan|null|nil|none|undefined|#?n\/?a)?$/i;

/** Takes rows one at a time, gathers what is wrong with them, and makes them a trace. */
export class TraceBuilder {
  readonly #file: string;
  readonly #unit: "line" | "row";
  readonly #header: readonly string[];
  readonly #way: Way;
  readonly #problems: string[] = [];
  readonly #times: number[] = [];
  readonly #places: number[] = [];
  readonly #values: number[][];

  /**
   * @param unit what the file's rows are counted in
   * @throws TraceError where the header cannot be used
   */
  constructor(file: string, unit: "line" | "row", header: readonly string[], way: Way) {
    this.#file = file;
    this.#unit = unit;
    this.#way = way;
    this.#header = header.map((name) => name.trim());
    this.#values = this.#header.map(() => []);
    const problems = [
      ...(this.#header.includes("time")
        ? []
        : [`there is no column "time" among ${this.#header.join(", ")}`]),
      ...(this.#header.length > 1 ? [] : ["there is no column beside the time"]),
      ...this.#header
        .filter((name, i) => this.#header.indexOf(name) !== i)
        .map((name) => `there are two columns "${name}"`),
      ...(this.#header.includes("") ? ["a column has no name"] : []),
    ];
    if (problems.length > 0) throw new TraceError(file, problems);
  }

  /** @param place number of the line or row */
  add(place: number, cells: readonly unknown[]): void {
    if (cells.length !== this.#header.length) {
      this.#wrong(place, `there are ${cells.length} values, must be ${this.#header.length}`);
      return;
    }
    const time = parseTime(cells[this.#header.indexOf("time")]);
    if (typeof time === "string") this.#wrong(place, time);
    else this.#checkOrder(place, time);
    this.#places.push(place);
    this.#times.push(typeof time === "string" ? Number.NaN : time);
    for (const [column, cell] of cells.entries()) {
      if (this.#header[column] !== "time") this.#values[column]?.push(this.#value(place, column, cell));
    }
  }

  /** @throws TraceError with everything that is wrong */
  build(): Trace {
    this.#assertFlawless();
    const read = { times: this.#times, places: this.#places, values: this.#values };
    const { rows, stepSeconds } = this.#onGrid(read);
    this.#checkDistances(rows, stepSeconds);
    this.#assertFlawless();
    const named = this.#header.map((name, i) => [name, Float64Array.from(rows.values[i] ?? [])] as const);
    return {
      times: Float64Array.from(rows.times),
      stepSeconds,
      columns: new Map(named.filter(([name]) => name !== "time")),
      place: (row) => `${this.#unit} ${rows.places[row]}`,
    };
  }

  #assertFlawless(): void {
    if (this.#problems.length > 0) throw new TraceError(this.#file, this.#problems);
  }

  /** Rows in order, one of each moment, and the step of the grid that they stand on. */
  #onGrid(read: Rows): { readonly rows: Rows; readonly stepSeconds: number } {
    const { merge, every } = this.#way;
    const adds = this.#header.map((name) => this.#way.adds(name));
    const merged = merge === undefined ? read : gathered(sorted(read), { adds, merge });
    const distances = distancesOf(merged.times);
    const step = usualStep(distances);
    const uneven = every !== undefined && distances.some((distance) => !isMultiple(distance, step));
    const rows = uneven ? gathered(merged, { adds, cell: gridOf(every) }) : merged;
    if (rows.times.length < 2) {
      const found = rows.times.length === 0 ? "there are no rows" : "there is one row";
      throw new TraceError(this.#file, [`${found}, must be two or more`]);
    }
    return { rows, stepSeconds: uneven ? every : step };
  }

  #value(place: number, column: number, cell: unknown): number {
    const text = typeof cell === "object" && cell !== null ? "a list or map" : String(cell ?? "").trim();
    if (noValue.test(text)) return Number.NaN;
    if (!number.test(text)) {
      const found = foundIn(cell);
      this.#wrong(place, `${this.#header[column]} is ${found}, must be a number or nothing`);
    }
    return Number(text);
  }

  #checkOrder(place: number, time: number): void {
    const last = this.#times.at(-1);
    if (this.#way.merge !== undefined || last === undefined || !(time <= last)) return;
    const how = time === last ? "is the same as" : "is before";
    this.#wrong(
      place,
      `the time ${how} that of ${this.#unit} ${this.#places.at(-1)}; times must ascend, or --merge add or last says what to make of it`,
    );
  }

  /** Every distance of two rows must be a multiple of the step: rows that are missing. */
  #checkDistances({ times, places }: Rows, step: number): void {
    for (const [i, distance] of distancesOf(times).entries()) {
      const place = places[i + 1] ?? 0;
      if (!isMultiple(distance, step)) {
        const grid = Math.min(3600, Math.max(1, Math.round(step)));
        this.#wrong(
          place,
          `${distance} s after the row before, must be ${step} s as elsewhere, or a multiple where rows are missing; --every ${grid} puts rows on a grid`,
        );
      } else if (distance > longestGapDays * 86_400) {
        const days = Math.floor(distance / 86_400);
        this.#wrong(place, `${days} days after the row before, must be ${longestGapDays} at most`);
      }
    }
  }

  #wrong(place: number, problem: string): void {
    this.#problems.push(`${this.#unit} ${place}: ${problem}`);
  }
}

/** A cell in a few words: a file may hold anything. */
function foundIn(cell: unknown): string {
  if (typeof cell === "object") return Array.isArray(cell) ? "a list" : "a map";
  const text = String(cell);
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : cell);
}
