import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { folderStore } from "../../../readiness/stacks/folder.ts";
import { backendStates, exportedStates } from "../../../readiness/stacks/layout.ts";
import { age, backendFiles, folderOf } from "./backend.ts";

async function listed(list: typeof backendStates, files: Parameters<typeof folderOf>[0], old?: string) {
  const folder = folderOf(files);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (old !== undefined) age(join(folder, old));
  return list(await folderStore(folder, "the backend"));
}

describe("the layout of a self-managed backend", () => {
  it("has a folder for each project, a file for each stack, and locks beside them", async () => {
    const states = await listed(backendStates, backendFiles);
    expect(states.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { key: ".pulumi/stacks/billing/prod.json", project: "billing", stack: "prod", locks: [] },
      {
        key: ".pulumi/stacks/left.json",
        project: undefined,
        stack: "left",
        locks: [],
        problem: expect.stringContaining("pulumi state upgrade"),
      },
      { key: ".pulumi/stacks/new/dev.json", project: "new", stack: "dev", locks: [] },
      { key: ".pulumi/stacks/shop/dev.json.gz", project: "shop", stack: "dev", locks: [] },
      {
        key: ".pulumi/stacks/shop/prod.json",
        project: "shop",
        stack: "prod",
        locks: [".pulumi/locks/organization/shop/prod/4f2c.json"],
      },
    ]);
  });

  const plain = ".pulumi/stacks/shop/prod.json";
  it.each([
    [`${plain}.gz`, plain],
    [plain, `${plain}.gz`],
    [plain, `${plain}.zst`],
  ])("counts of %s and %s the one that was written last", async (older, newer) => {
    const states = await listed(backendStates, { [older]: "", [newer]: "" }, older);
    expect(states.map(({ key }) => key)).toEqual([newer]);
  });

  it("had no projects before Pulumi 3.61", async () => {
    const files = {
      ".pulumi/stacks/shop.prod.json": "",
      ".pulumi/locks/shop.prod/1.json": "",
      ".pulumi/locks/shop.prod/deeper/1.json": "",
    };
    const [state, ...others] = await listed(backendStates, files);
    const lock = ".pulumi/locks/shop.prod/1.json";
    expect(state).toMatchObject({
      project: undefined,
      stack: "shop.prod",
      locks: [lock],
      problem: undefined,
    });
    expect(others).toEqual([]);
  });

  it("is by project where a copy lacks meta.yaml, and only projects are there", async () => {
    const states = await listed(backendStates, { [plain]: "" });
    expect(states).toMatchObject([{ project: "shop", stack: "prod", problem: undefined }]);
  });

  it.each([
    ["version: 2", "has version 2"],
    ["version: one", "has no version"],
    ["- [", "has no version"],
  ])("is not guessed at where meta.yaml says %s", async (meta, message) => {
    const files = { [plain]: "", ".pulumi/meta.yaml": meta };
    await expect(listed(backendStates, files)).rejects.toThrow(message);
  });
});

describe("a folder of exports", () => {
  it("has whatever is JSON, packed or not, at any depth, but not what others keep hidden", async () => {
    const files = {
      "prod.json": "",
      "teams/web/dev.json.gz": "",
      "teams/web/dev.json.bak": "",
      "teams/web/notes.txt": "",
      "node_modules/a/package.json": "",
      ".cache/x.json": "",
      ".hidden.json": "",
    };
    const states = await listed(exportedStates, files);
    expect(states.map(({ key }) => key)).toEqual(["prod.json", "teams/web/dev.json.gz"]);
  });
});
