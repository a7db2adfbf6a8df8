/** Reads a trace from a CSV or JSON file. */
import { readFileSync } from "node:fs";
import { CsvError, parse } from "csv-parse/sync";
import { UsageError } from "../errors.ts";
import { JsonError, parseJson } from "../foreign-json.ts";
import type { Way } from "./gathered.ts";
import { type Trace, TraceBuilder, TraceError } from "./trace.ts";

/**
 * A file that begins with `[` or `{` is JSON, any other is CSV with a header. The column `time` is required;
 * an empty cell, NaN or null is no data.
 * @param way what to make of rows that stand on no grid
 * @throws TraceError where the file is not such a trace
 * @throws UsageError where it cannot be read
 */
export function readTrace(file: string, way: Way): Trace {
  const text = readText(file);
  if (text.trim() === "") throw new TraceError(file, ["the file is empty"]);
  const builder = /^\s*[[{]/.test(text) ? readJson(file, text, way) : readCsv(file, text, way);
  return builder.build();
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw new UsageError(`--trace ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function readCsv(file: string, text: string, way: Way): TraceBuilder {
  let builder: TraceBuilder | undefined;
  try {
    parse(text, {
      relax_column_count: true,
      skip_empty_lines: true,
      // Rows go straight into the trace: a year of minutes would be half a million arrays.
      on_record: (cells: readonly string[], { lines }) => {
        if (builder) builder.add(lines, cells);
        else builder = new TraceBuilder(file, "line", cells, way);
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) throw new TraceError(file, [error.message]);
    throw error;
  }
  if (!builder) throw new TraceError(file, ["there is no header"]);
  return builder;
}

type Fields = Readonly<Record<string, unknown>>;

/** `[{time, name: value, …}, …]` or `{times: […], series: {name: […], …}}`. */
function readJson(file: string, text: string, way: Way): TraceBuilder {
  const data = contentOf(file, text);
  if (Array.isArray(data)) return fromRows(file, data, way);
  if (isFields(data) && Array.isArray(data["times"]) && isFields(data["series"])) {
    return fromSeries(file, data["times"], data["series"], way);
  }
  throw new TraceError(file, ["must be a list of rows with a time each, or a map with times and series"]);
}

function fromRows(file: string, rows: readonly unknown[], way: Way): TraceBuilder {
  const problems = rows.flatMap((row, i) =>
    isFields(row) ? [] : [`row ${i + 1}: must be a map with a time`],
  );
  if (problems.length > 0) throw new TraceError(file, problems);
  const fields = rows.filter(isFields);
  const header = [...new Set(["time", ...fields.flatMap((row) => Object.keys(row))])];
  const builder = new TraceBuilder(file, "row", header, way);
  for (const [i, row] of fields.entries()) {
    const cells = header.map((name) => row[name]);
    builder.add(i + 1, cells);
  }
  return builder;
}

function fromSeries(file: string, times: readonly unknown[], series: Fields, way: Way): TraceBuilder {
  const problems = Object.entries(series).flatMap(([name, values]) => {
    if (!Array.isArray(values)) return [`${name} must be a list of values`];
    return values.length === times.length
      ? []
      : [`${name} has ${values.length} values for ${times.length} times`];
  });
  if (problems.length > 0) throw new TraceError(file, problems);
  const builder = new TraceBuilder(file, "row", ["time", ...Object.keys(series)], way);
  const columns = Object.values(series).filter(Array.isArray);
  for (const [i, time] of times.entries()) builder.add(i + 1, [time, ...columns.map((values) => values[i])]);
  return builder;
}

function contentOf(file: string, text: string): unknown {
  try {
    return parseJson(withoutNaN(text));
  } catch (error) {
    throw error instanceof JsonError ? new TraceError(file, [`it ${error.message}`]) : error;
  }
}

/** JSON has no NaN; Python's and others' write it all the same. */
function withoutNaN(text: string): string {
  return text.replaceAll(/(?<=[[,:]\s{0,40})-?NaN(?=\s{0,40}[,\]}])/g, "null");
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
