import { describe, expect, it } from "vitest";
import { biomeJson } from "../../../../../readiness/proofs/evidence/formats/lint/biome-json.ts";
import { eslintJson } from "../../../../../readiness/proofs/evidence/formats/lint/eslint-json.ts";
import { sarif } from "../../../../../readiness/proofs/evidence/formats/lint/sarif.ts";
import { altered, fileOf, fixture, measureOf, problemOf, reading } from "./support.ts";

const clean = { kind: "lint", files: 2, errors: 0, warnings: 0, suppressed: 0 };
const timeless = { startedAt: null, finishedAt: null, commit: null };

describe("biome-json", () => {
  it.each([
    ["lint", "good"],
    ["check", "check"],
  ])("reads `biome %s`", (_, name) => {
    const measure = { ...clean, suppressed: null };
    expect(reading(biomeJson, fixture(`biome/${name}.json`))).toEqual({
      tool: "biome",
      version: null,
      ...timeless,
      measure,
    });
  });

  it("tells what was found", () => {
    const found = measureOf(biomeJson, fixture("biome/bad.json"), "lint");
    expect(found).toEqual({ kind: "lint", files: 2, errors: 4, warnings: 1, suppressed: null });
  });

  it.each([
    ["a folder that is not there", fixture("biome/nothing.json"), /^no file was looked at/],
    ["a folder that is ignored", fixture("biome/ignored.json"), /^no file was looked at/],
    ["a run of the formatter", fixture("biome/format.json"), /`biome format`, must be of lint/],
    [
      "fewer errors than it lists",
      altered("biome/bad.json", ['"errors":4', '"errors":0']),
      /summary\.errors is 0, it lists 4/,
    ],
    [
      "more errors than it lists",
      altered("biome/bad.json", ['"errors":4', '"errors":5']),
      /summary\.errors is 5/,
    ],
    [
      "a severity of another version",
      altered("biome/bad.json", ['"error"', '"grave"']),
      /diagnostics\.\d\.severity/,
    ],
    ["what a crash leaves", fileOf(""), /^it is empty/],
  ])("refuses %s", (_, file, problem) => {
    expect(problemOf(biomeJson, file)).toMatch(problem);
  });
});

describe("eslint-json", () => {
  it("reads a clean run", () => {
    const read = reading(eslintJson, fixture("eslint/good.json"));
    expect(read).toEqual({ tool: "eslint", version: null, ...timeless, measure: clean });
  });

  it.each([
    ["what was found", "bad", { ...clean, files: 1, errors: 1, warnings: 1 }],
    ["what comments hide", "suppressed", { ...clean, files: 1, suppressed: 1 }],
    ["files but not those that are ignored", "ignored-among-good", clean],
  ])("tells %s", (_, name, measure) => {
    expect(measureOf(eslintJson, fixture(`eslint/${name}.json`), "lint")).toEqual(measure);
  });

  it.each([
    ["no file", fixture("eslint/nothing.json"), /^no file was looked at/],
    ["an ignored file alone", fixture("eslint/ignored.json"), /^no file was looked at/],
    [
      "a file that cannot be parsed",
      fixture("eslint/fatal.json"),
      /^1 of 2 files could not be linted.*Unexpected token/,
    ],
    [
      "totals of other messages",
      altered("eslint/bad.json", ['"errorCount":1', '"errorCount":0']),
      /the totals of .*a\.js/,
    ],
    [
      "a severity that is none",
      altered("eslint/bad.json", ['"severity":2', '"severity":0']),
      /0\.messages\.0\.severity/,
    ],
  ])("refuses %s", (_, file, problem) => {
    expect(problemOf(eslintJson, file)).toMatch(problem);
  });
});

describe("sarif", () => {
  it("reads a clean run", () => {
    const read = reading(sarif, fixture("eslint/good.sarif"));
    expect(read).toEqual({ tool: "ESLint", version: "10.15.0", ...timeless, measure: clean });
  });

  it.each([
    ["what was found", fixture("eslint/bad.sarif"), { ...clean, files: 1, errors: 1, warnings: 1 }],
    ["what comments hide", fixture("eslint/suppressed.sarif"), { ...clean, files: 1, suppressed: 1 }],
    ["files but not those that are ignored", fixture("eslint/ignored-among-good.sarif"), clean],
    [
      "a suppression that was refused as an error",
      altered("eslint/suppressed.sarif", ['"kind": "inSource"', '"kind": "external", "status": "rejected"']),
      { ...clean, files: 1, errors: 1 },
    ],
    [
      "a finding without a level as an error",
      altered("eslint/bad.sarif", ['"level"', '"rank"']),
      { ...clean, files: 1, errors: 2 },
    ],
  ])("tells %s", (_, file, measure) => {
    expect(measureOf(sarif, file, "lint")).toEqual(measure);
  });

  it.each([
    [
      "a tool that does not list its files",
      fixture("biome/good.sarif"),
      /does not tell which files Biome looked at/,
    ],
    ["no file", fixture("eslint/nothing.sarif"), /does not tell which files ESLint looked at/],
    ["an ignored file alone", fixture("eslint/ignored.sarif"), /^no file was looked at/],
    [
      "a file that cannot be parsed",
      fixture("eslint/fatal.sarif"),
      /^the linter itself failed, at .*syntax\.js: Parsing error/,
    ],
    ["another version", altered("eslint/good.sarif", ['"2.1.0"', '"2.2.0"']), /not this format.*version/],
    ["no run", fileOf({ version: "2.1.0", runs: [] }), /not this format.*runs/],
  ])("refuses %s", (_, file, problem) => {
    expect(problemOf(sarif, file)).toMatch(problem);
  });
});
