import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countsIn, dataOf, inputsOf } from "../../../readiness/backtest/columns.ts";
import type { Way } from "../../../readiness/backtest/gathered.ts";
import { readTrace } from "../../../readiness/backtest/read-trace.ts";
import { UsageError } from "../../../readiness/errors.ts";
import { prod, start } from "./support.ts";

const spec = prod();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "trace-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string, way: Omit<Way, "adds"> = {}) {
  const file = join(folder, "trace");
  writeFileSync(file, text);
  const trace = readTrace(file, { adds: countsIn(inputsOf(spec)), ...way });
  return { trace, data: dataOf("trace", trace, spec) };
}

function problem(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof UsageError) return error.message.replaceAll(join(folder, "trace"), "trace");
    throw error;
  }
  throw new Error("the trace was taken");
}

describe("a trace", () => {
  const times = ["2026-01-05T00:00:00Z", "2026-01-05T01:01:00+01:00", "2026-01-05T00:02:00.000Z"];
  const wanted = { times: [start, start + 60, start + 120], values: [1.5, Number.NaN, 300] };

  it.each([
    ["CSV", `time,latency-list\n${times[0]},1.5\n${times[1]},\n${times[2]},3e2\n`],
    ["CSV with seconds", `latency-list,time\n1.5,${start}\n,${start + 60}\n3e2,${start + 120}`],
    [
      "CSV with a byte order mark, quotes, carriage returns and empty lines",
      `\uFEFF"time" , "latency-list"\r\n\r\n"${times[0]}",1.5\r\n${times[1]}, \r\n${times[2]},300\r\n\r\n`.replaceAll(
        '" , "',
        '","',
      ),
    ],
    [
      "rows in JSON",
      JSON.stringify([
        { time: times[0], "latency-list": 1.5 },
        { time: times[1], "latency-list": null },
        { time: start + 120, "latency-list": 300 },
      ]),
    ],
    ["series in JSON", JSON.stringify({ times, series: { "portal-latency-list": [1.5, null, 300] } })],
  ])("may be %s", (_, text) => {
    const { trace, data } = read(text);
    expect([...trace.times]).toEqual(wanted.times);
    expect(trace.stepSeconds).toBe(60);
    expect([...(data.get("portal-latency-list") ?? [])]).toEqual(wanted.values);
  });

  it("may say the unit of a column", () => {
    const { data } = read(
      `time,latency-list (ms),latency-overall [ms]\n${start},250,20\n${start + 60},1,1\n`,
    );
    expect([...(data.get("portal-latency-list") ?? [])]).toEqual([250e6, 1e6]);
    expect([...(data.get("portal-latency-overall") ?? [])]).toEqual([0.02, 0.001]);
  });

  it.each(["NaN", "nan", "-nan", "null", "NULL", "None", "nil", "undefined", "NA", "N/A", "#N/A", ""])(
    "may say %j for no data",
    (word) => {
      for (const text of [
        `time,requests\n0,1\n60,${word}\n`,
        JSON.stringify({ times: [0, 60], series: { requests: [1, word] } }),
      ]) {
        expect([...(read(text).data.get("portal.requests") ?? [])]).toEqual([1, Number.NaN]);
      }
    },
  );

  it("may be JSON with the NaN of those who write it", () => {
    const rows =
      '[{"time": 0, "requests": NaN, "errors": 1}, {"time": 60, "errors":\n    NaN\n, "requests": 3}]';
    const series = '{"times": [0, 60], "series": {"requests": [NaN, 3], "errors": [1,-NaN]}}';
    for (const text of [rows, series]) {
      const { data } = read(text);
      expect([...(data.get("portal.requests") ?? [])]).toEqual([Number.NaN, 3]);
      expect([...(data.get("portal.errors") ?? [])]).toEqual([1, Number.NaN]);
    }
  });

  const shards = "time,requests,latency-list\n0,4,100\n60,5,\n0,6,300\n60,7,500\n";
  it("may have several rows of a moment, whose counts are added up and whose other values are averaged", () => {
    const { trace, data } = read(shards, { merge: "add" });
    expect([...trace.times]).toEqual([0, 60]);
    expect([...(data.get("portal.requests") ?? [])]).toEqual([10, 12]);
    expect([...(data.get("portal-latency-list") ?? [])]).toEqual([200, 500]);
    expect(trace.place(1)).toBe("line 3");
  });

  it("may have exports that overlap, of which the last value holds", () => {
    const { trace, data } = read(`${shards}120,9,1\n60,8,\n`, { merge: "last" });
    expect([...trace.times]).toEqual([0, 60, 120]);
    expect([...(data.get("portal.requests") ?? [])]).toEqual([6, 8, 9]);
    expect([...(data.get("portal-latency-list") ?? [])]).toEqual([300, 500, 1]);
  });

  it("may have rows at uneven times, put on the grid that is asked for", () => {
    const uneven = "time,requests,latency-list\n3,4,100\n58,5,300\n131,6,1\n250,7,2\n301,1,\n";
    const { trace, data } = read(uneven, { every: 60 });
    expect([...trace.times]).toEqual([0, 120, 240, 300]);
    expect(trace.stepSeconds).toBe(60);
    expect([...(data.get("portal.requests") ?? [])]).toEqual([9, 6, 7, 1]);
    expect([...(data.get("portal-latency-list") ?? [])]).toEqual([200, 1, 2, Number.NaN]);
  });

  it("stays as it is where its times are even, whatever is asked for", () => {
    const { trace } = read("time,requests\n5,1\n65,1\n245,1\n305,1\n", { every: 120, merge: "last" });
    expect([...trace.times]).toEqual([5, 65, 245, 305]);
    expect(trace.stepSeconds).toBe(60);
  });

  it("has no two rows of a moment because a grid is asked for", () => {
    expect(() => read("time,requests\n0,1\n0,1\n60,1\n", { every: 60 })).toThrow(
      /is the same as that of line 2/,
    );
    expect(() => read("time,requests\n3,1\n7,1\n12,1\n", { every: 60 })).toThrow(/there is one row/);
  });

  it("may leave rows out", () => {
    const { trace } = read(`time,requests\n0,1\n60,1\n240,1\n300,1\n`);
    expect(trace.stepSeconds).toBe(60);
  });
});

describe("a trace that cannot be used is refused with place, finding and expectation", () => {
  const row = (second: number, rest: string) => `${start + second},${rest}\n`;
  it.each<[string, string, string | RegExp]>([
    ["an empty file", " \n", "the file is empty"],
    ["no rows", "time,requests\n", "there are no rows, must be two or more"],
    ["one row", `time,requests\n${row(0, "1")}`, "there is one row, must be two or more"],
    ["no time", "when,requests\n0,1\n", 'there is no column "time" among when, requests'],
    ["no values", "time\n0\n60\n", "there is no column beside the time"],
    ["a column twice", "time,errors,errors\n", 'there are two columns "errors"'],
    ["a column without a name", "time,,errors\n", "a column has no name"],
    [
      "an alert's column by two names",
      `time,latency-list,portal-latency-list\n${row(0, "1,1")}${row(60, "1,1")}`,
      "two columns hold latency-list",
    ],
    [
      "a misspelled column",
      `time,reqests\n${row(0, "1")}${row(60, "1")}`,
      '"reqests"; did you mean "requests"?',
    ],
    ["an unknown column", `time,weather\n${row(0, "1")}${row(60, "1")}`, '"weather"; --columns lists them'],
    [
      "a unit of another kind",
      `time,latency-list (GiB)\n${row(0, "1")}${row(60, "1")}`,
      '"latency-list (GiB)": the unit must be s or ms',
    ],
    [
      "a unit where there is none",
      `time,requests (ms)\n${row(0, "1")}${row(60, "1")}`,
      "the unit must be left out",
    ],
    [
      "a time without a zone",
      "time,errors\n2026-01-05T00:00:00,1\n",
      'line 2: time is "2026-01-05T00:00:00", must be ISO 8601 with a zone, such as 2026-11-23T09:00:00Z, or seconds since 1970; the zone is missing',
    ],
    [
      "a day that does not exist",
      "time,errors\n2026-02-30T00:00:00Z,1\n",
      'line 2: time is "2026-02-30T00:00:00Z"',
    ],
    ["milliseconds", `time,errors\n${start}000,1\n`, "this looks like milliseconds"],
    ["no time in a row", "time,errors\n,1\n", 'line 2: time is ""'],
    [
      "times that go back",
      `time,errors\n${row(60, "1")}${row(120, "1")}${row(0, "1")}`,
      "line 4: the time is before that of line 3; times must ascend",
    ],
    [
      "a time twice",
      `time,errors\n${row(0, "1")}${row(0, "1")}`,
      "line 3: the time is the same as that of line 2; times must ascend, or --merge add or last says",
    ],
    [
      "a time off the grid",
      `time,errors\n${row(0, "1")}${row(60, "1")}${row(120, "1")}${row(167, "1")}`,
      "line 5: 47 s after the row before, must be 60 s as elsewhere, or a multiple where rows are missing; --every 60 puts rows on a grid",
    ],
    [
      "a gap of months",
      `time,errors\n${row(0, "1")}${row(60, "1")}${row(8_640_060, "1")}`,
      "line 4: 100 days after the row before, must be 30 at most",
    ],
    ["a word", `time,errors\n${row(0, "few")}`, 'line 2: errors is "few", must be a number or nothing'],
    ["infinity", `time,errors\n${row(0, "Infinity")}`, 'errors is "Infinity"'],
    ["a list for a value", `[{"time":0,"errors":[1]},{"time":60,"errors":1}]`, "row 1: errors is a list"],
    ["a map for a time", `[{"time":{"a":0},"errors":1}]`, "row 1: time is a list or map, must be ISO 8601"],
    ["a decimal comma", `time,errors\n${row(0, '"1,5"')}`, 'errors is "1,5"'],
    ["a value too many", `time,errors\n${row(0, "1,5")}`, "line 2: there are 3 values, must be 2"],
    ["an open quote", `time,errors\n${row(0, '"1')}`, /quote/i],
    [
      "negative counts",
      `time,errors\n${row(0, "1")}${row(60, "-1")}`,
      "line 3: errors are -1, must be 0 or more",
    ],
    [
      "more errors than requests",
      `time,requests,errors\n${row(0, "5,5")}${row(60, "5,6")}`,
      "line 3: errors are 6, more than the 5 requests",
    ],
    ["broken JSON", '[{"time": 0,]', "is not JSON"],
    [
      "JSON of something else",
      '{"data": []}',
      "must be a list of rows with a time each, or a map with times and series",
    ],
    ["JSON rows of something else", '[{"time": 0, "errors": 1}, 5]', "row 2: must be a map with a time"],
    [
      "a truth in JSON",
      '[{"time": 0, "errors": true}]',
      "row 1: errors is true, must be a number or nothing",
    ],
    [
      "series of another length",
      '{"times": [0, 60], "series": {"errors": [1]}}',
      "errors has 1 values for 2 times",
    ],
    [
      "a series that is none",
      '{"times": [0, 60], "series": {"errors": 1}}',
      "errors must be a list of values",
    ],
  ])("%s", (_, text, expected) => {
    const message = problem(text);
    expect(message).toMatch(/^trace cannot be used:\n {2}/);
    expect(message).toMatch(typeof expected === "string" ? RegExp(RegExp.escape(expected)) : expected);
  });

  it("tells the first five problems and how many there are besides", () => {
    const rows = Array.from({ length: 9 }, (_, i) => row(60 * i, "x")).join("");
    expect(problem(`time,errors\n${rows}`).split("\n")).toHaveLength(7);
    expect(problem(`time,errors\n${rows}`)).toMatch(/\n {2}and 4 more$/);
  });

  it("is one that is not there", () => {
    expect(() => readTrace(join(folder, "missing.csv"), { adds: () => false })).toThrow(
      /--trace .*missing\.csv: ENOENT/,
    );
  });
});
