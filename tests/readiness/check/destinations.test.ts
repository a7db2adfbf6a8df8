import { describe, expect, it } from "vitest";
import { type Destination, type OutputOption, pairOutputs } from "../../../readiness/check/destinations.ts";
import { type ReportFormat, reportFormats } from "../../../readiness/render/formats.ts";

/** `markdown >a.md` stands for `--format markdown --out a.md`. */
function options(line: string): OutputOption[] {
  return line.split(" ").flatMap((word): OutputOption[] => {
    if (word.startsWith(">")) return [{ out: word.slice(1) }];
    const format = reportFormats.find((f): f is ReportFormat => f === word);
    return format ? [{ format }] : [];
  });
}

function written(outputs: readonly Destination[]): string {
  return outputs.map(({ format, out }) => (out === undefined ? format : `${format} >${out}`)).join(", ");
}

describe("pairOutputs", () => {
  it.each([
    ["", "text"],
    ["json", "json"],
    [">a", "text >a"],
    ["json >a", "json >a"],
    [">a json", "json >a"],
    ["markdown >a sarif >b", "markdown >a, sarif >b"],
    [">a markdown >b sarif", "markdown >a, sarif >b"],
    ["text sarif >b", "text, sarif >b"],
    ["sarif >b text", "sarif >b, text"],
    ["markdown >a >b", "markdown >a, text >b"],
  ])("%j is %j", (line, expected) => {
    expect(written(pairOutputs(options(line)))).toBe(expected);
  });

  it.each([
    ["json markdown", "two reports cannot both go to standard output: give each --format its --out"],
    ["json >a markdown >a", "two reports cannot both go to a"],
  ])("refuses %j", (line, message) => {
    expect(() => pairOutputs(options(line))).toThrow(message);
  });
});
