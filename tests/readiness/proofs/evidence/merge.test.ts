import { describe, expect, it } from "vitest";
import { coverageSummary } from "../../../../readiness/proofs/evidence/formats/coverage/coverage-summary.ts";
import { biomeJson } from "../../../../readiness/proofs/evidence/formats/lint/biome-json.ts";
import { eslintJson } from "../../../../readiness/proofs/evidence/formats/lint/eslint-json.ts";
import { jestJson } from "../../../../readiness/proofs/evidence/formats/tests/jest-json.ts";
import { playwrightJson } from "../../../../readiness/proofs/evidence/formats/tests/playwright-json.ts";
import { vitestJson } from "../../../../readiness/proofs/evidence/formats/tests/vitest-json.ts";
import { mergeReadings } from "../../../../readiness/proofs/evidence/merge.ts";
import { altered, fixture, reading, tests } from "./formats/support.ts";

const playwright = (name: string) => reading(playwrightJson, fixture(`playwright/${name}.json`));
const vitest = reading(vitestJson, fixture("vitest/good.json"));
const coverage = reading(coverageSummary, fixture("coverage/good-summary.json"));

describe("mergeReadings", () => {
  it("leaves a single whole run as it is", () => {
    expect(mergeReadings([vitest])).toEqual(vitest);
  });

  it("makes a whole of shards, in any order", () => {
    const parts = [playwright("shard-2"), playwright("shard-1")];
    const whole = mergeReadings(parts);
    const { version, commit } = playwright("good");
    expect(whole).toMatchObject({ tool: "playwright", version, commit, measure: tests(5) });
    expect(whole).toMatchObject({ startedAt: parts[1]?.startedAt, finishedAt: parts[0]?.finishedAt });
  });

  it("adds the suites of several tools", () => {
    const jest = reading(jestJson, fixture("jest/only.json"));
    const measure = tests(5, { skipped: 1, narrowedBy: expect.stringContaining("`.only`") });
    expect(mergeReadings([vitest, jest])).toMatchObject({ tool: "vitest, jest", version: null, measure });
  });

  it("adds linters", () => {
    const readings = [
      reading(biomeJson, fixture("biome/bad.json")),
      reading(eslintJson, fixture("eslint/suppressed.json")),
    ];
    const measure = { kind: "lint", files: 3, errors: 4, warnings: 1, suppressed: null };
    expect(mergeReadings(readings)).toMatchObject({ measure });
  });

  it("adds the coverage of packages", () => {
    const other = reading(
      coverageSummary,
      altered("coverage/good-summary.json", ["/tmp/app/vitest/", "/tmp/app/api/"]),
    );
    const { measure } = coverage;
    if (measure.kind !== "coverage") throw new Error(measure.kind);
    const lines = { covered: 2 * measure.lines.covered, total: 2 * measure.lines.total };
    expect(mergeReadings([coverage, other])).toMatchObject({ measure: { lines } });
  });

  it.each([
    ["nothing", [], /no report/],
    ["a shard alone", [playwright("shard-1")], /part 2 of 2 is missing: 1 of 2/],
    ["the same report twice", [vitest, vitest], /report 2 is the same/],
    [
      "the same shard of two runs",
      [playwright("shard-1"), { ...playwright("shard-1"), startedAt: null }],
      /part 1 of 2 is there twice/,
    ],
    ["shards of two totals", [playwright("shard-1"), playwright("shard-1-of-3")], /1 of 2, 1 of 3/],
    [
      "a shard and a whole run",
      [playwright("shard-1"), playwright("good")],
      /parts of a run and others are whole/,
    ],
    [
      "shards of two versions",
      [playwright("shard-1"), { ...playwright("shard-2"), version: "1.64.0" }],
      /two tools or versions/,
    ],
    [
      "shards of two commits",
      [playwright("shard-1"), { ...playwright("shard-2"), commit: "b".repeat(40) }],
      /of two commits/,
    ],
    ["tests and coverage", [vitest, coverage], /tests, coverage cannot be taken together/],
    [
      "two reports of one source file",
      [coverage, { ...coverage, version: "3" }],
      /cart\.js is in two reports/,
    ],
  ])("refuses %s", (_, readings, problem) => {
    expect(mergeReadings(readings)).toEqual({ problem: expect.stringMatching(problem) });
  });
});
