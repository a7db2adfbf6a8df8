import { describe, expect, it } from "vitest";
import { audit, good, types } from "./measures.ts";
import { refusal } from "./refusal.ts";
import { type Made, Shelf } from "./shelf.ts";

describe("parts", () => {
  it.each([
    [
      "unit tests alone",
      [["PRE-01", { measures: [good.tests], suite: "unit" }]],
      "portal has no end-to-end tests",
    ],
    ["tests of no suite", [["PRE-01", { measures: [good.tests] }]], "portal has no unit tests"],
    ["lint alone", [["PRE-04", { measures: [good.lint] }]], "portal has no type check"],
    ["a type check alone", [["PRE-04", { measures: [types] }]], "portal has no lint"],
    [
      "a command that builds nothing",
      [["PRE-03", { measures: [{ ...good.command, command: "true" }] }]],
      "portal has no build",
    ],
    [
      "migrations without a way back",
      [["PRE-13", { measures: [good.migrations] }]],
      "portal has no way back",
    ],
  ] satisfies readonly [string, readonly [string, Made][], string][])(
    "%s fails",
    async (_, made, observed) => {
      const shelf = new Shelf();
      for (const [item, of] of made) shelf.put(item, of);
      expect((await refusal(shelf))?.observed).toBe(observed);
    },
  );

  it("an audit whose tool ran somewhere else fails", async () => {
    const shelf = new Shelf();
    shelf.put("PRE-05", { measures: audit.slice(1) });
    expect((await refusal(shelf))?.observed).toBe("nothing tells which commit's files its tool was given");
  });

  it.each([
    ["that ended badly", 1, "tool ended with 1"],
    ["of which nobody knows how it ended", null, "it does not say how tool ended"],
  ])("a linter %s fails", async (_, exitCode, observed) => {
    const shelf = new Shelf();
    shelf.put("PRE-04", { measures: [good.lint], run: (run) => ({ ...run, exitCode }) });
    shelf.put("PRE-04", { measures: [types] });
    expect((await refusal(shelf))?.observed).toBe(observed);
  });

  it.each([
    [["src/b.ts"], "a source file is not in the report: src/b.ts"],
    [null, "it does not say which source files it leaves out"],
  ])("coverage that leaves out %j fails", async (unmeasured, observed) => {
    const shelf = new Shelf();
    shelf.put("PRE-02", { measures: [good.coverage], predicate: { unmeasured } });
    expect((await refusal(shelf))?.observed).toBe(observed);
  });

  it.each([
    ["a shard that is missing", [1, 3], "part 2 of 3 is missing: 2 of 3 are there"],
    ["a shard that is there twice", [1, 2, 2], "part 2 of 3 is there twice"],
  ])("%s fails", async (_, indexes, observed) => {
    const shelf = new Shelf();
    const measures = indexes.map((index) => ({ ...good.tests, shard: { index, total: 3 } }));
    shelf.put("PRE-15", {
      measures,
      suite: "smoke",
      predicate: { environment: "staging", deployment: "dpl_2" },
    });
    expect((await refusal(shelf))?.observed).toBe(observed);
  });
});
