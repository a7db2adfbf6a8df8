import fc from "fast-check";
import { expect, it } from "vitest";
import { disagreement, reading, said } from "../../../../policies/declared/service-levels/numbers.ts";
import { resourceOf } from "../../support/stack.ts";

const resource = (name: string) => resourceOf("datadog:index/monitor:Monitor", {}, { name });
const places = ["query", "threshold", "message", "dashboard"];
const number = fc.integer({ min: 1, max: 99_999 });

const row = (values: readonly number[]) => ({
  name: "the alert",
  unit: "ms",
  places: Object.fromEntries(values.map((value, i) => [places[i], [reading(resource(`at ${i}`), value)]])),
});

it("agree where every place says the same", () => {
  fc.assert(
    fc.property(number, (value) => {
      expect(disagreement("a level", row(places.map(() => value)))).toBeUndefined();
    }),
  );
});

it("differ where one place says another number, and that place is named", () => {
  fc.assert(
    fc.property(number, number, fc.nat({ max: 3 }), (value, other, at) => {
      fc.pre(value !== other);
      const told = disagreement("a level", row(places.map((_, i) => (i === at ? other : value))));
      expect(told?.resource?.name).toBe(`at ${at}`);
      expect(told?.observed).toContain(`${other} ms in ${places[at]}`);
    }),
  );
});

it("do not agree on nothing", () => {
  const nothing = [reading(resource("silent"), undefined)];
  for (const readings of [[], nothing]) {
    const told = disagreement("a level", { name: "the alert", unit: "ms", places: { query: readings } });
    expect(told?.observed).toBe("a level: the alert is nothing in query");
  }
});

it("do not agree where a part of each place says nothing", () => {
  const half = [reading(resource("one"), 300), reading(resource("silent"), undefined)];
  const told = disagreement("a level", {
    name: "the alert",
    unit: "ms",
    places: { query: half, message: half },
  });
  expect(told?.observed).toBe("a level: the alert is 300 ms and nothing in query, message");
  expect(told?.resource?.name).toBe("silent");
});

it.each([
  ["300000000", 1e-6, 300],
  [0.3, 1000, 300],
  ["1.1", 1000, 1100],
  [0, 1, 0],
  ["no number", 1, undefined],
  [undefined, 1, undefined],
])("reads %s times %s as %s", (value, factor, expected) => {
  expect(reading(resource("any"), value, factor).value).toBe(expected);
});

it.each([
  ["it alerts above 300 ms and ends below 200 ms.", 300],
  ["it alerts below 0.5 ms.", 0.5],
  ["it alerts above 300 s.", undefined],
  ["", undefined],
])("hears in %j: %s", (message, expected) => {
  const monitor = resourceOf("datadog:index/monitor:Monitor", { message });
  expect(said([monitor], "it alerts (?:above|below) N ms").map(({ value }) => value)).toEqual([expected]);
});
