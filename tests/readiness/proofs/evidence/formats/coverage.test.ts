import { describe, expect, it } from "vitest";
import { coverageSummary } from "../../../../../readiness/proofs/evidence/formats/coverage/coverage-summary.ts";
import {
  istanbul,
  readIstanbul,
} from "../../../../../readiness/proofs/evidence/formats/coverage/istanbul.ts";
import { altered, fileOf, fixture, measureOf, problemOf, reading } from "./support.ts";

const cart = "/tmp/app/vitest/src/cart.js";
const unused = "/tmp/app/vitest/src/unused.js";
const whole = {
  kind: "coverage",
  lines: { covered: 2, total: 4 },
  statements: { covered: 4, total: 7 },
  functions: { covered: 3, total: 4 },
  branches: { covered: 1, total: 2 },
  files: [cart, unused],
};
const summaries = [coverageSummary, "summary"] as const;
const finals = [istanbul, "final"] as const;

describe.each([summaries, finals])("$name", (format, suffix) => {
  it("reads exact counts", () => {
    expect(reading(format, fixture(`coverage/good-${suffix}.json`))).toEqual({
      tool: "istanbul",
      version: null,
      startedAt: null,
      finishedAt: null,
      commit: null,
      measure: whole,
    });
  });

  it("tells which source files it knows", () => {
    const { files, lines } = measureOf(format, fixture(`coverage/excluded-${suffix}.json`), "coverage");
    expect({ files, lines }).toEqual({ files: [cart], lines: { covered: 2, total: 3 } });
  });

  it("refuses a report of no file, where pct is Unknown", () => {
    expect(problemOf(format, fixture(`coverage/nothing-${suffix}.json`))).toMatch(/knows no source file/);
  });
});

describe("coverage-summary", () => {
  const total = /("total": \{"lines":\{"total":4,"covered":)2(,"skipped":0,"pct":)50/;

  it.each([
    ["a percentage that is not of its counts", [total, "$13$250"], /total\.lines: pct is not what/],
    ["a total that its files do not make", [total, "$13$275"], /total\.lines is 3\/4, its files make 2\/4/],
    ["more than there is", [total, "$19$250"], /more is covered than there is/],
    ["less than nothing", [total, "$1-2$250"], /total\.lines\.covered/],
    ["a number beyond the finite", [total, "$11e999$250"], /must be finite/],
    ["Unknown beside counts", [total, '$12$2"Unknown"'], /total\.lines: pct is not what/],
    ["a file twice", [unused, cart], /"\/tmp\/app\/vitest\/src\/cart\.js" twice/],
  ] as const)("refuses %s", (_, change, problem) => {
    expect(problemOf(coverageSummary, altered("coverage/good-summary.json", change))).toMatch(problem);
  });

  it("refuses a report without its total", () => {
    expect(problemOf(coverageSummary, fileOf({}))).toMatch(/not this format.*total/);
  });

  it("refuses files without a line", () => {
    const none = { total: 0, covered: 0, skipped: 0, pct: 100 };
    const entry = { lines: none, statements: none, functions: none, branches: none };
    expect(problemOf(coverageSummary, fileOf({ total: entry, "/a.js": entry }))).toMatch(/no line/);
  });
});

describe("istanbul", () => {
  it("makes a whole of shards, as one run would", () => {
    const parts = [1, 2].map((shard) => fixture(`coverage/shard-${shard}-final.json`));
    expect(readIstanbul(parts)).toMatchObject({ measure: whole });
  });

  it("refuses the same part twice", () => {
    const part = fixture("coverage/shard-1-final.json");
    expect(readIstanbul([part, part])).toEqual({ problem: expect.stringMatching(/are the same: give/) });
  });

  it("refuses parts of two folders, which would count each file twice", () => {
    const parts = ["shard-1", "elsewhere"].map((name) => fixture(`coverage/${name}-final.json`));
    expect(readIstanbul(parts)).toEqual({ problem: expect.stringMatching(/each file at two places/) });
  });

  it("refuses a part that cannot be read", () => {
    const parts = [fixture("coverage/shard-1-final.json"), fileOf("")];
    expect(readIstanbul(parts)).toEqual({ problem: expect.stringMatching(/^it is empty/) });
  });

  it.each([
    ["hits of a statement that is not there", ['"s":{"0":2', '"s":{"9":2'], /not those of its statements/],
    ["negative hits", ['"s":{"0":2', '"s":{"0":-2'], /cart\.js\.s\.0/],
    ["half a hit", ['"s":{"0":2', '"s":{"0":0.5'], /cart\.js\.s\.0/],
    ["a path that is not its name", [`"path":"${cart}"`, '"path":"/other.js"'], /a file has two paths/],
    ["too few ways of a branch", ['"b":{"0":[1,0]', '"b":{"0":[1]'], /not those of its branches/],
  ] as const)("refuses %s", (_, change, problem) => {
    expect(problemOf(istanbul, altered("coverage/good-final.json", change))).toMatch(problem);
  });
});
