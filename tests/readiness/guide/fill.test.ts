import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fill } from "../../../readiness/guide/fill.ts";

const facts = new Map([
  ["minutes", "5 minutes"],
  ["people", "| who |\n| --- |\n| Ana |"],
]);
const text = (before: string) => `Within <!-- facts: minutes -->${before}<!-- /facts --> it is back.\n`;

describe("facts in prose", () => {
  it("writes a line into its sentence, and several lines by themselves", () => {
    expect(fill("a.md", text(""), facts).text).toBe(text("5 minutes"));
    expect(fill("a.md", "<!-- facts: people --><!-- /facts -->", facts).text).toBe(
      "<!-- facts: people -->\n| who |\n| --- |\n| Ana |\n<!-- /facts -->",
    );
  });

  it("names what was otherwise, with its line, and nothing that was right", () => {
    expect(fill("a.md", `\n${text("4 minutes")}`, facts).drift).toEqual([
      "a.md:2: minutes is not what the stack says",
    ]);
    expect(fill("a.md", text("5 minutes"), facts)).toEqual({
      text: text("5 minutes"),
      drift: [],
      problems: [],
    });
  });

  it("keeps a page with facts that are not known or not closed, and says how to mend it", () => {
    expect(fill("a.md", "<!-- facts: minuts -->4<!-- /facts -->", facts)).toMatchObject({
      text: "<!-- facts: minuts -->4<!-- /facts -->",
      problems: ['a.md:1: there are no facts "minuts"; did you mean "minutes"?'],
    });
    for (const open of [
      "<!-- facts: minutes",
      "<!-- facts: minutes -->",
      `<!-- facts: people -->${text("")}`,
    ]) {
      expect(fill("a.md", open, facts)).toMatchObject({
        text: open,
        problems: ["a.md:1: <!-- facts: … is not closed, must be by <!-- /facts -->"],
      });
    }
  });

  it("keeps every letter of the prose, and says the same the second time", () => {
    const prose = fc.string().filter((s) => !s.includes("<!--"));
    fc.assert(
      fc.property(prose, prose, prose, (before, inside, after) => {
        const page = (said: string) => `${before}<!-- facts: minutes -->${said}<!-- /facts -->${after}`;
        const { text: written } = fill("a.md", page(inside), facts);
        expect(written).toBe(page("5 minutes"));
        expect(fill("a.md", written, facts).drift).toEqual([]);
      }),
    );
  });
});
