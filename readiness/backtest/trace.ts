/** A metric trace: values by time, on a grid, checked as a whole before anything is evaluated. */
import { UsageError } from "../errors.ts";
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

/** Takes rows one at a time, gathers what is wrong with them, and makes them a trace. */
export class TraceBuilder {
  readonly #file: string;
  readonly #unit: "line" | "row";
  readonly #header: readonly string[];
  readonly #problems: string[] = [];
  readonly #times: number[] = [];
  readonly #places: number[] = [];
  readonly #values: number[][];

  /**
   * @param unit what the file's rows are counted in
   * @throws TraceError where the header cannot be used
   */
  constructor(file: string, unit: "line" | "row", header: readonly string[]) {
    this.#file = file;
    this.#unit = unit;
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
    if (this.#times.length < 2 && this.#problems.length === 0) {
      const found = this.#times.length === 0 ? "there are no rows" : "there is one row";
      throw new TraceError(this.#file, [`${found}, must be two or more`]);
    }
    const stepSeconds = this.#problems.length === 0 ? this.#step() : 0;
    if (this.#problems.length > 0) throw new TraceError(this.#file, this.#problems);
    const named = this.#header.map((name, i) => [name, Float64Array.from(this.#values[i] ?? [])] as const);
    return {
      times: Float64Array.from(this.#times),
      stepSeconds,
      columns: new Map(named.filter(([name]) => name !== "time")),
      place: (row) => `${this.#unit} ${this.#places[row]}`,
    };
  }

  #value(place: number, column: number, cell: unknown): number {
    const text = typeof cell === "object" && cell !== null ? "a list or map" : String(cell ?? "").trim();
    if (text === "") return Number.NaN;
    if (!number.test(text)) {
      const found = foundIn(cell);
      this.#wrong(place, `${this.#header[column]} is ${found}, must be a number or nothing`);
    }
    return Number(text);
  }

  #checkOrder(place: number, time: number): void {
    const last = this.#times.at(-1);
    if (last === undefined || !(time <= last)) return;
    const how = time === last ? "is the same as" : "is before";
    this.#wrong(place, `the time ${how} that of ${this.#unit} ${this.#places.at(-1)}; times must ascend`);
  }

  /** The most frequent distance of two rows; every other must be a multiple of it: rows that are missing. */
  #step(): number {
    const distances = this.#times.slice(1).map((time, i) => rounded(time - (this.#times[i] ?? 0)));
    const counts = new Map<number, number>();
    for (const distance of distances) counts.set(distance, (counts.get(distance) ?? 0) + 1);
    const [[step] = [0]] = [...counts].sort(([a, n], [b, m]) => m - n || a - b);
    for (const [i, distance] of distances.entries()) {
      const place = this.#places[i + 1] ?? 0;
      if (rounded(distance / step) % 1 !== 0) {
        this.#wrong(
          place,
          `${distance} s after the row before, must be ${step} s as elsewhere, or a multiple where rows are missing`,
        );
      } else if (distance > longestGapDays * 86_400) {
        const days = Math.floor(distance / 86_400);
        this.#wrong(place, `${days} days after the row before, must be ${longestGapDays} at most`);
      }
    }
    return step;
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

/** To milliseconds: times with fractions are binary fractions. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
