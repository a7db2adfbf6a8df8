import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Anchor, readChain } from "../../../../readiness/release/log/chain.ts";
import { begun, ended, entriesOf, judged, opened, textOf } from "./entries.ts";

const facts = [opened, judged("before.rules"), begun("staging.deploy"), ended("staging.deploy")];
const anyLog = fc
  .array(fc.constantFrom(...facts), { minLength: 2, maxLength: 8 })
  .map((list) => entriesOf([opened, ...list]));
const anchorOf = (entries: readonly { readonly digest: string }[]): Anchor => ({
  entries: entries.length,
  head: entries.at(-1)?.digest ?? null,
});

/** A log, and the same with its lines changed. */
const changedBy = (change: (lines: string[], at: number, other: number) => string[]) =>
  fc.tuple(anyLog, fc.nat(), fc.nat()).map(([entries, a, b]) => {
    const lines = textOf(entries).trimEnd().split("\n");
    const changed = change([...lines], a % lines.length, b % lines.length);
    return { entries, lines, changed, text: changed.map((line) => `${line}\n`).join("") };
  });

describe("a log", () => {
  it("holds as it was written", () => {
    fc.assert(
      fc.property(anyLog, (entries) => {
        expect(readChain(textOf(entries), "prod", anchorOf(entries))).toEqual({ entries, torn: "" });
      }),
    );
  });

  it("tells of a line that was altered, wherever", () => {
    const altered = fc
      .tuple(anyLog, fc.nat(), fc.integer({ min: 33, max: 126 }))
      .map(([entries, at, code]) => {
        const text = textOf(entries);
        const place = at % text.length;
        return {
          entries,
          text,
          place,
          spoilt: text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1),
        };
      });
    fc.assert(
      fc.property(altered, ({ entries, text, place, spoilt }) => {
        fc.pre(text[place] !== spoilt[place]);
        const { problem } = readChain(spoilt, "prod", anchorOf(entries));
        const line = text.slice(0, place).split("\n").length;
        // Where the end of the last line is lost, what stands there is half a line.
        expect(problem).toMatch(
          place === text.length - 1 ? /missing at its end/ : new RegExp(`^line ${line} `),
        );
      }),
    );
  });

  it("tells of a line that is gone, doubled, added or moved, by its place", () => {
    const cases = fc.oneof(
      changedBy((lines, at) => lines.toSpliced(at, 1)),
      changedBy((lines, at) => lines.toSpliced(at, 0, lines[at] ?? "")),
      changedBy((lines, at, other) => lines.toSpliced(at, 0, lines[other] ?? "")),
      changedBy((lines, at, other) => {
        [lines[at], lines[other]] = [lines[other] ?? "", lines[at] ?? ""];
        return lines;
      }),
    );
    fc.assert(
      fc.property(cases, ({ entries, lines, changed, text }) => {
        const first = changed.findIndex((line, i) => line !== lines[i]);
        fc.pre(first !== -1 || changed.length < lines.length);
        const { problem } = readChain(text, "prod", anchorOf(entries));
        expect(problem).toMatch(first === -1 ? /missing at its end$/ : new RegExp(`^line ${first + 1} `));
      }),
    );
  });

  it("tells of one that was written anew from somewhere on, by what was noted", () => {
    fc.assert(
      fc.property(anyLog, fc.nat(), (entries, at) => {
        const kept = at % entries.length;
        const anew = entriesOf([
          ...entries.slice(0, kept).map(({ fact }) => fact),
          ...entries.slice(kept).map(() => judged("before.tag", "fail")),
        ]);
        const { problem } = readChain(textOf(anew), "prod", anchorOf(entries));
        expect(problem).toBe(`entry ${entries.length} is another than the one that was noted`);
      }),
    );
  });

  it("of another stack is none", () => {
    const text = textOf(entriesOf([opened], "staging"));
    expect(readChain(text, "prod", undefined).problem).toBe("line 1 is of the stack staging");
  });
});

describe("a log cut at any byte", () => {
  const entries = entriesOf([opened, begun("staging.deploy"), ended("staging.deploy")]);
  const text = textOf(entries);
  const before = textOf(entries.slice(0, -1)).length;

  it("holds up to its last whole line, where nothing behind that was noted", () => {
    for (let length = before; length <= text.length; length++) {
      const {
        problem,
        torn,
        entries: found,
      } = readChain(text.slice(0, length), "prod", anchorOf(entries.slice(0, -1)));
      const whole = length >= text.length - 1;
      expect(problem).toBeUndefined();
      expect(found).toEqual(whole ? entries : entries.slice(0, -1));
      expect(torn).toBe(whole ? "" : text.slice(before, length));
    }
  });

  it("is not whole where more was noted", () => {
    for (let length = 0; length < text.length - 1; length++) {
      const { problem } = readChain(text.slice(0, length), "prod", anchorOf(entries));
      expect(problem).toMatch(/missing at its end$/);
    }
  });
});
