import { expect, it } from "vitest";
import { circles, lifted } from "./graph.ts";

const graph = new Map([
  ["a/x.ts", ["b/y.ts", "zod"]],
  ["a/z.ts", []],
  ["b/y.ts", ["b/w.ts"]],
  ["b/w.ts", ["a/z.ts"]],
]);

it("finds no circle of files where folders have one", () => {
  expect(circles(graph)).toEqual([]);
  expect(circles(lifted(graph, ""))).toEqual(["a → b → a"]);
  expect(circles(lifted(graph, "b"))).toEqual([]);
});

it("names each file of a circle", () => {
  expect(circles(new Map([...graph, ["a/z.ts", ["a/x.ts"]]]))).toEqual([
    "a/x.ts → b/y.ts → b/w.ts → a/z.ts → a/x.ts",
  ]);
});
