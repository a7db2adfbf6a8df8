import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withinLimit } from "../../../readiness/render/markdown-text.ts";

describe("a text within a limit", () => {
  const where = "npm run check says it all";

  it("is whole where it fits", () => {
    expect(withinLimit(["a", "b"], 100, where)).toBe("a\n\nb\n");
  });

  it("loses whole blocks from its end, and says how many and where they are", () => {
    const text = withinLimit(["a".repeat(50), "b".repeat(500), "c"], 200, where);
    expect(text).toBe(
      `${"a".repeat(50)}\n\n_2 more parts are left out, they would be too long here: ${where}_\n`,
    );
  });

  it("closes what it leaves open", () => {
    const text = withinLimit(
      ["<details open>\n<summary>x</summary>", "b".repeat(500), "</details>"],
      250,
      where,
    );
    expect(text.match(/<details/g)).toHaveLength(1);
    expect(text.match(/<\/details>/g)).toHaveLength(1);
  });

  it("is never longer than its limit, whatever it is given", () => {
    const block = fc.oneof(
      fc.string({ maxLength: 3_000 }),
      fc.constantFrom("<details>\n<summary>x</summary>", "</details>"),
    );
    fc.assert(
      fc.property(
        fc.array(block, { maxLength: 40 }),
        fc.integer({ min: 1_500, max: 20_000 }),
        (blocks, limit) => {
          expect(withinLimit(blocks, limit, where).length).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });
});
