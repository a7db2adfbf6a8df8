import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edited, errorOf } from "./wrong-config-support.ts";

describe("a file that is not YAML", () => {
  it.each([
    ["a tab", ["  readiness:owner", "\treadiness:owner"], "Tabs are not allowed as indentation"],
    ["a key twice", ["    nodes: 3\n", "    nodes: 3\n    nodes: 3\n"], "Map keys must be unique"],
    ["an open list", ["[amara, jonas, mei]", "[amara, jonas, mei"], "end with a ]"],
    ["a value that starts a map", ["region: fra1", "region: fra1: x"], "Nested mappings are not allowed"],
    ["an unknown alias", ["region: fra1", "region: *home"], "an alias without an anchor before it"],
    [
      "an alias of itself",
      ["readiness:chat:\n", "readiness:chat: &chat\n    again: *chat\n"],
      "an alias of what it stands in",
    ],
    ["a map as a key", ["region: fra1", "region: { ? { a: 1 } : fra1 }"], "a key must be a text of one line"],
    ["a key of two lines", ["region: fra1", '"a\\nb": fra1'], "a key must be a text of one line"],
    [
      "an alias of a list as a key",
      ["region: fra1", "region: { a: &a [1], *a : 1 }"],
      "a key must be a text",
    ],
    ["two documents", ["  readiness:edge:", "---\n  readiness:edge:"], "a second document starts here"],
  ] as const)("for %s tells line, column and what was expected", (_, edit, expected) => {
    const { issues, message } = errorOf(edited(edit));
    expect(issues).toHaveLength(1);
    expect(issues[0]?.place).toMatch(/^Pulumi\.prod\.yaml:\d+:\d+$/);
    expect(issues[0]?.message).toContain(expected);
    expect(message.split("\n")).toHaveLength(2);
  });

  it("never shows its text, which may be a secret", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."[]{}-'\":@%`|>*&!<#\\\t\n ?,u") }), (marks) => {
        const file = `config:\n  secrets:TOKEN: ${marks}hunter2${marks}\n ${marks}hunter2`;
        // What ends in ": " is a key, and keys are no secrets.
        fc.pre(!/hunter2["']?\s*:/.test(file));
        expect(errorOf(file).message).not.toContain("hunter2");
      }),
      { numRuns: 1000 },
    );
  });
});
