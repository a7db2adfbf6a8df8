/** Traces for `backtest`: CSV and JSON, with the options that go with them. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { backtest } from "../../readiness/backtest/backtest.ts";
import type { Kind } from "./kind.ts";
import { changedText, changedTree, nested, oddText } from "./mutations.ts";
import { carried, faultOf } from "./oracle.ts";

interface Trace {
  readonly text: string;
  readonly format: "text" | "json" | "svg";
  readonly every?: string | undefined;
  readonly merge?: "add" | "last" | undefined;
  readonly incidentStart?: string | undefined;
}

const fixtures = join(import.meta.dirname, "../../tests");
/** Enough for an outage to begin and to end. */
const rows = 20;

export function traces(): Kind<Trace> {
  const file = join(mkdtempSync(join(tmpdir(), "fuzz-traces-")), "trace");
  const lines = readFileSync(join(fixtures, "readiness/backtest/fixtures/outage.csv"), "utf8").split("\n");
  const csv = lines.slice(0, rows).join("\n");
  const [header = [], ...cells] = csv.split("\n").map((line) => line.split(","));
  const byRow = cells.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]])));
  const column = (name: string) => byRow.map((row) => row[name]);
  const bySeries = {
    times: column("time"),
    series: Object.fromEntries(header.slice(1).map((name) => [name, column(name).map(Number)])),
  };
  const json = changedTree(fc.constantFrom<unknown>(byRow, bySeries)).map((tree) =>
    nested(JSON.stringify(tree)),
  );
  const text = fc.oneof(
    changedText(
      fc.constantFrom(csv, csv.replaceAll(",", ";"), JSON.stringify(byRow), JSON.stringify(bySeries)),
    ),
    json,
    changedTimes(header, cells),
  );
  const option = (values: fc.Arbitrary<string>) =>
    fc.option(fc.oneof(values, oddText), { nil: undefined, freq: 3 });
  return {
    inputs: fc.record({
      text,
      format: fc.constantFrom("text", "json", "svg"),
      every: option(fc.integer({ min: 0, max: 4000 }).map(String)),
      merge: fc.constantFrom(undefined, "add", "last"),
      incidentStart: option(fc.constantFrom("2026-11-23T09:10:00Z", "1795424400", "1795424400000")),
    }),
    async judge({ text, format, every, merge, incidentStart }) {
      writeFileSync(file, text);
      const said = await carried(() =>
        backtest(
          {
            stack: "prod",
            trace: file,
            columns: false,
            format,
            ...(every !== undefined && { every }),
            ...(merge && { merge }),
            ...(incidentStart !== undefined && { incidentStart }),
          },
          join(fixtures, "fixtures"),
        ),
      );
      return faultOf(said, /^(error: )?.*(trace\b|--every|--incident-start)/);
    },
  };
}

/** Rows that are right each for itself, at times from a second to a month apart. */
function changedTimes(
  header: readonly string[],
  cells: readonly (readonly string[])[],
): fc.Arbitrary<string> {
  const step = fc.constantFrom(0.001, 0.5, 1, 60, 300, 3600, 86_400, 2_592_000);
  const multiples = fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 50_000 })), {
    maxLength: rows - 2,
  });
  return fc.tuple(fc.nat(1e10), step, multiples).map(([start, seconds, distances]) => {
    let time = start;
    const kept = [0, ...distances].map((distance, i) => {
      time += distance * seconds;
      return [time, ...(cells[i] ?? []).slice(1)].join(",");
    });
    return [header.join(","), ...kept].join("\n");
  });
}
