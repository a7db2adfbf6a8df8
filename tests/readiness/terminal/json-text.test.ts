/** What is written in pieces is the text that it would have been. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonPieces, jsonText } from "../../../readiness/terminal/json-text.ts";

const whole = (value: unknown) => [...jsonPieces(value)].join("");

test("the pieces are the text", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 7 }), (value) => {
      expect(whole(value)).toBe(jsonText(value));
    }),
  );
});

test.each([
  { left: undefined, out: [] },
  { findings: [{ a: undefined, b: {} }], stacks: [] },
  { deep: [[[[[{ a: "line\nfeed" }]]]]] },
  { evil: "\u009b31m https://user:secret@example.com/" },
])("so it is of %j", (value) => {
  expect(whole(value)).toBe(jsonText(value));
});
