import { describe, expect, it } from "vitest";
import { reasonOf } from "../../../readiness/mutate/bearing.ts";
import { generate } from "../../../readiness/mutate/generate.ts";
import type { Mutant } from "../../../readiness/mutate/mutant.ts";
import { Sdk } from "../../../readiness/mutate/sdk/sdk.ts";
import { withoutBearing } from "../../../readiness/mutate/without-bearing.ts";
import { fixtureStacks } from "../../policies/support/fixture-stacks.ts";
import { declared } from "../../policies/support/stack.ts";

const board = declared("datadog:index/dashboard:Dashboard", {
  title: "The service",
  widgets: [{ groupDefinition: { layoutType: "ordered" } }],
});
const group = declared("aws:elasticache/parameterGroup:ParameterGroup", { description: "The cache's" });

function mutant(before: typeof board, path: string, over: Partial<Mutant> = {}): Mutant {
  return {
    kind: "property",
    type: before.type,
    path,
    at: path,
    operator: "deleted",
    resource: "r",
    before,
    ...over,
  };
}

describe("a mutant has no bearing", () => {
  it("where nobody hangs anything on its property, or on all of its parts", () => {
    expect(reasonOf(mutant(group, "description"))).toBe("a text that people read");
    const place = { at: "widgets.0.groupDefinition" };
    expect(reasonOf(mutant(board, "widgets.*.groupDefinition", place))).toBe("how a page looks");
    expect(reasonOf(mutant(group, "", { kind: "removed", operator: "removed" }))).toBeDefined();
  });

  it("not where one part has", () => {
    expect(reasonOf(mutant(board, "title"))).toBeUndefined();
    expect(reasonOf(mutant(board, "", { kind: "removed", operator: "removed" }))).toBeUndefined();
  });
});

describe("the mutants that are excepted by hand", () => {
  const made = [fixtureStacks.prod, fixtureStacks.staging].flatMap((stack) => generate(stack, new Sdk()));

  it.each(withoutBearing.map((row) => [row.type, row.path, row] as const))(
    "%s %s are made, each of them, and are excepted by nothing else",
    (type, path, { operators }) => {
      const own = made.filter((m) => m.type === type && m.path === path);
      expect(own.map(({ operator }) => operator)).toEqual(expect.arrayContaining([...operators]));
    },
  );

  it("are named once", () => {
    const rows = withoutBearing.flatMap(({ type, path, operators }) =>
      operators.map((operator) => `${type} ${path} ${operator}`),
    );
    expect(new Set(rows).size).toBe(rows.length);
  });
});
