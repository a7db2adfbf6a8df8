import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { namesIfThere, textIfThere } from "../../../readiness/inputs/if-there.ts";

const project = mkdtempSync(join(tmpdir(), "project-"));
mkdirSync(join(project, "folder"));
for (const name of ["b", "a"]) writeFileSync(join(project, "folder", name), name);

it("reads what is there", () => {
  expect(textIfThere(project, "folder/a")).toBe("a");
  expect(namesIfThere(project, "folder")).toEqual(["a", "b"]);
});

it("tells what is not there from what cannot be read", () => {
  expect([textIfThere(project, "x"), namesIfThere(project, "x")]).toEqual([undefined, undefined]);
  const said = (path: string, wanted: string) =>
    expect.objectContaining({ message: `${path} cannot be read ${wanted}`, exitStatus: 2 });
  expect(() => textIfThere(project, "folder")).toThrow(
    said("folder", "(EISDIR), must be a file that you may read"),
  );
  expect(() => namesIfThere(project, "folder/a")).toThrow(
    said("folder/a", "(ENOTDIR), must be a folder that you may read"),
  );
});
