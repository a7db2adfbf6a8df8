import { describe, expect, it } from "vitest";
import { unmeasured } from "../../../readiness/evidence/working-copy.ts";
import { within } from "../../../readiness/inputs/within.ts";

describe("source files that a report does not know", () => {
  const files = [
    "examples/app/src/a.ts",
    "examples/app/src/a.test.ts",
    "examples/app/src/types.d.ts",
    "examples/app/src/page.vue",
    "examples/app/tests/support.ts",
    "examples/app/vitest.config.ts",
    "examples/app/.storybook/main.ts",
    "examples/app/package.json",
    "packages/other/src/b.ts",
  ];
  const copy = { files, folder: "/home/ci/portal" };

  it.each([
    ["as git has them", ["examples/app/src/a.ts", "examples/app/src/page.vue"], []],
    ["from the app's folder on", ["src/a.ts", "./src/page.vue"], []],
    ["absolute", ["/home/ci/portal/examples/app/src/a.ts"], ["examples/app/src/page.vue"]],
    [
      "of another folder",
      ["/home/ci/other/examples/app/src/a.ts", "a.ts"],
      ["examples/app/src/a.ts", "examples/app/src/page.vue"],
    ],
  ])("are found %s", (_, known, missing) => {
    expect(unmeasured(copy, "examples/app", known)).toEqual(missing);
  });

  it("are those of each package where the app is the whole repository", () => {
    expect(unmeasured(copy, undefined, ["examples/app/src/a.ts", "examples/app/src/page.vue"])).toEqual([
      "packages/other/src/b.ts",
    ]);
  });
});

it.each([
  ["/a", "/a", true],
  ["/a", "/a/b", true],
  ["/a", "/ab", false],
  ["/a", "/a/../b", false],
  ["/a", "/a/..b", true],
])("within %s is %s: %s", (folder, path, is) => {
  expect(within(folder, path)).toBe(is);
});
