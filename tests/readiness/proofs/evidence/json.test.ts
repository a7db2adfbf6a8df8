import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../../../readiness/proofs/evidence/json.ts";
import { largest } from "../../../../readiness/proofs/evidence/text.ts";

const encoder = new TextEncoder();
const read = (text: string) => readJson(encoder.encode(text));

describe("readJson", () => {
  it.each([
    ["an empty file", "", /^it is empty/],
    ["blanks", " \n\t", /^it is empty/],
    ["an HTML page", "<!DOCTYPE html><html></html>", /^it is an HTML page/],
    ["a page after blanks", "\n<HTML lang=en>", /^it is an HTML page/],
    ["an object cut off in a string", '{"a": "b', /breaks off/],
    ["an object cut off after a value", '{"a": 1', /breaks off/],
    ["an object cut off after a name", '{"a"', /breaks off/],
    ["an array cut off after a comma", "[1,", /breaks off/],
    ["terminal output before it", "> app@1.0.0 test\n{}", /not JSON at/],
    ["two values", "{} {}", /not JSON at position 3/],
    ["NaN", '{"a": NaN}', /not JSON/],
    ["a number beyond the finite", '{"a": 1e999}', /the number "1e999", must be finite/],
    ["a negative one", "[-1e999]", /the number "-1e999", must be finite/],
    ["a name twice", '{"a": 1, "b": {"a": 2}, "a": 3}', /the name "a" twice/],
    ["a name twice, once escaped", String.raw`{"a": 1, "\u0061": 3}`, /the name "a" twice/],
    ["a name twice in an array's object", '[[], {"a": [{}], "a": 1}]', /the name "a" twice/],
    ["a name that objects lose", '{"__proto__": {}}', /the name "__proto__"/],
    ["deep arrays", "[".repeat(1001) + "]".repeat(1001), /more than 1000 levels/],
    ["very deep arrays", "[".repeat(1e6) + "]".repeat(1e6), /more than 1000 levels/],
  ])("refuses %s", (_, text, problem) => {
    expect(read(text)).toEqual({ problem: expect.stringMatching(problem) });
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(readJson(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({
      problem: expect.stringMatching(/not UTF-8/),
    });
  });

  it("refuses what is larger than the bound without decoding it", () => {
    expect(readJson(new Uint8Array(largest + 1))).toEqual({
      problem: expect.stringMatching(/^it has 67108865/),
    });
  });

  it.each([
    ["the same name in two objects", '[{"a": 1}, {"a": 2}]', [{ a: 1 }, { a: 2 }]],
    ["a name as a value", '{"a": "a", "b": ["a", "a"]}', { a: "a", b: ["a", "a"] }],
    ["structure inside strings", String.raw`{"a": "{\"a\":1,\"a\":2}[\\"}`, { a: '{"a":1,"a":2}[\\' }],
    ["backslashes before a quote", String.raw`["\\\\", "\\\""]`, ["\\\\", '\\"']],
    ["a mark of the byte order", "\ufeff{}", {}],
    ["1000 levels", "[".repeat(1000) + "]".repeat(1000), expect.any(Array)],
  ])("reads %s", (_, text, value) => {
    expect(read(text)).toEqual({ value });
  });

  it("reads every value as JSON.parse does", () => {
    // But for the one name that it refuses.
    const texts = fc.json({ maxDepth: 4 }).filter((text) => !text.includes("__proto__"));
    fc.assert(
      fc.property(texts, (text) => {
        expect(read(text)).toEqual({ value: JSON.parse(text) });
      }),
    );
  });

  it("never throws on altered text", () => {
    const altered = fc.tuple(fc.json(), fc.nat(), fc.string({ unit: "grapheme", maxLength: 3 }));
    fc.assert(
      fc.property(altered, ([text, at, inserted]) => {
        const place = at % (text.length + 1);
        const now = read(text.slice(0, place) + inserted + text.slice(place));
        expect("value" in now || now.problem.length > 0).toBe(true);
      }),
    );
  });
});
