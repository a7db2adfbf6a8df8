import { describe, expect, it } from "vitest";
import type { Mutant } from "../../../readiness/mutate/mutant.ts";
import type { Noticed, Verdict } from "../../../readiness/mutate/run.ts";
import { scoreOf } from "../../../readiness/mutate/score.ts";
import { mutateText } from "../../../readiness/mutate/text.ts";
import { painter } from "../../../readiness/terminal/layout.ts";

const failed: Noticed = { rule: "stores-closed", outcome: "fail" };

function verdict(noticed: Noticed | undefined, over: Partial<Mutant> = {}): Verdict {
  const mutant: Mutant = {
    kind: "property",
    type: "test:index:Store",
    path: "open",
    operator: "flipped",
    resource: "own",
    at: "open",
    ...over,
  };
  return { mutant, noticed };
}

const times = (n: number, one: Verdict) => Array.from({ length: n }, () => one);
const none = () => undefined;

describe("the score", () => {
  it.each([
    [95, 5, true],
    [94, 6, false],
    [0, 0, true],
  ])("holds where %i are noticed and %i are not: %s", (noticed, unnoticed, holds) => {
    const verdicts = [...times(noticed, verdict(failed)), ...times(unnoticed, verdict(undefined))];
    expect(scoreOf("prod", verdicts, none).holds).toBe(holds);
  });

  it("counts types that the stack has not apart: many of them make up for nothing, and have to be noticed too", () => {
    const strangers = (n: number, noticed?: Noticed) => times(n, verdict(noticed, { kind: "stranger" }));
    const weak = [...times(9, verdict(failed)), verdict(undefined)];
    expect(scoreOf("prod", [...weak, ...strangers(990, failed)], none)).toMatchObject({
      score: 90,
      holds: false,
    });
    const strong = times(10, verdict(failed));
    expect(scoreOf("prod", [...strong, ...strangers(1)], none)).toMatchObject({ score: 100, holds: false });
  });

  it("does not hold against what has no bearing, which is counted apart, noticed or not", () => {
    const verdicts = [
      verdict(undefined),
      verdict(failed, { path: "name" }),
      verdict(undefined, { path: "name" }),
    ];
    const { rows, score } = scoreOf("prod", verdicts, ({ path }) =>
      path === "name" ? "a label" : undefined,
    );
    expect(rows.find(({ kind }) => kind === "property")).toEqual({
      kind: "property",
      generated: 3,
      noticed: 1,
      excepted: 1,
      survived: 1,
    });
    expect(Math.round(score)).toBe(67);
  });

  it("names what nobody noticed by type and path, each operator and each place once", () => {
    const verdicts = [
      verdict(undefined),
      verdict(undefined, { operator: "deleted" }),
      verdict(undefined, { operator: "deleted", resource: "other" }),
      verdict(failed, { path: "size" }),
    ];
    expect(scoreOf("prod", verdicts, none).survivors).toEqual([
      {
        type: "test:index:Store",
        path: "open",
        operators: ["flipped", "deleted"],
        at: ["own open", "other open"],
      },
    ]);
  });

  it("tells of rules that fail themselves, which stops a deployment and helps nobody to mend it", () => {
    const crash = verdict({ rule: "stores-closed", outcome: "error" }, { at: "open.0" });
    expect(scoreOf("prod", [crash, crash], none).crashes).toEqual([
      { rule: "stores-closed", mutants: 2, example: "test:index:Store open.0 flipped" },
    ]);
  });
});

describe("the text", () => {
  const page = { width: 100, paint: painter(false) };

  it("lists survivors by type, then the kinds with their shares, and ends with whether it holds", () => {
    const verdicts = [
      ...times(1899, verdict(failed)),
      ...times(100, verdict(undefined)),
      verdict(undefined, { kind: "removed", path: "", at: "", operator: "removed" }),
    ];
    const lines = mutateText(scoreOf("prod", verdicts, none), page).split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "test:index:Store",
      "  open: flipped (own open)",
      "  the resource: removed (own)",
    ]);
    expect(lines).toContainEqual(
      expect.stringMatching(/^properties changed +1,999 +1,899 +0 +100 +94\.9 %$/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^resources removed +1 +0 +0 +1 +0\.0 %$/));
    expect(lines).toContainEqual(expect.stringMatching(/^all +2,000 +1,899 +0 +101 +94\.9 %$/));
    expect(lines.at(-2)).toBe("FALLS SHORT  prod: 94.9 % of the weakenings are noticed, must be ≥ 95 %");
  });

  it("says no more than the shares where nothing survives", () => {
    const text = mutateText(scoreOf("prod", [verdict(failed)], none), page);
    expect(text).toMatch(/^ +generated/);
    expect(text).toMatch(/^HOLDS {2}prod: 100\.0 % /m);
    expect(text).not.toContain("failed itself");
  });
});
