import { describe, expect, it } from "vitest";
import { unmeasured, workingCopy } from "../../../readiness/evidence/working-copy.ts";
import { within } from "../../../readiness/inputs/within.ts";
import { App } from "./app.ts";

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

describe("a working copy", () => {
  it("is its commit: a file that git is told to take for unchanged, or that this clone alone ignores, is not", async () => {
    const app = new App();
    app.git("update-index", "--assume-unchanged", "examples/app/src/a.ts");
    app.write("examples/app/src/a.ts", "changed");
    await expect(workingCopy(app.folder, undefined, [])).rejects.toThrow(
      "the tree must be clean, and examples/app/src/a.ts differs from the commit",
    );
    app.write("examples/app/src/a.ts", "");
    app.write(".git/info/exclude", "b.ts\n");
    app.write("src/b.ts", "");
    await expect(workingCopy(app.folder, undefined, [])).rejects.toThrow("src/b.ts is not tracked by git");
    await expect(workingCopy(app.folder, undefined, [`${app.folder}/src`])).resolves.toMatchObject({
      files: [".gitignore", "examples/app/src/a.ts"],
    });
  });
});
