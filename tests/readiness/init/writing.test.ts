/** A project begun where files are already: what is written, kept, overwritten and refused. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { init } from "../../../readiness/init/init.ts";
import { runCommand } from "../../../readiness/run-command.ts";
import { inProcess } from "../in-process.ts";
import { answers } from "./answers.ts";

const now = new Date("2026-11-26T08:00:00Z");
let folder: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "readiness-there-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const nothing = { yes: false, dryRun: false, out: ".", overwrite: [] };
const begin = (options: object = {}) =>
  inProcess(() => runCommand(() => init({ ...nothing, ...options }, folder, now, false)));

describe("init where something is already", () => {
  it("overwrites nothing: a project that has begun is refused, any other file kept, and what it lacks told", async () => {
    write("Pulumi.prod.yaml", "config: {}\n");
    const refused = await begin(answers);
    expect(refused).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^error: Pulumi\.prod\.yaml is there already/),
    });
    expect(readdirSync(folder)).toEqual(["Pulumi.prod.yaml"]);
    rmSync(join(folder, "Pulumi.prod.yaml"));
    const theirs = { name: "mine", scripts: { preview: "vite preview" } };
    write("package.json", JSON.stringify(theirs));
    write(".gitignore", "/node_modules\n");
    write(".github/workflows/deploy.yml", "on: push\n");
    const { stdout } = await begin(answers);
    expect(stdout).toContain("Kept  package.json");
    expect(stdout).toMatch(/^- package\.json is kept: npm pkg set .*'scripts\.check=readiness check'/m);
    expect(stdout).not.toContain("scripts.preview");
    expect(stdout).toMatch(/^- \.gitignore is kept: add \/releases\/ /m);
    expect(stdout).toContain("- .github/workflows/deploy.yml is kept, which is there already");
    expect(JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))).toEqual(theirs);
  });

  it("changes nothing the second time, and says so", async () => {
    await begin(answers);
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const files = paths.filter((path) => statSync(join(folder, path)).isFile());
    const before = files.map((path) => [path, statSync(join(folder, path)).mtimeMs]);
    const again = await begin(answers);
    expect(again).toMatchObject({ status: 0, stderr: "" });
    expect(again.stdout).toContain("Nothing to write: all of it is there.");
    const after = readdirSync(folder, { recursive: true, encoding: "utf8" });
    expect(after).toEqual(paths);
    expect(files.map((path) => [path, statSync(join(folder, path)).mtimeMs])).toEqual(before);
  });

  it("overwrites what it is told to, and says before what that would be", async () => {
    await begin(answers);
    const page = readFileSync(join(folder, "runbooks/cache.md"), "utf8");
    for (const path of ["index.ts", "runbooks/cache.md", "package.json"]) write(path, "theirs\n");
    const dry = await begin({ ...answers, overwrite: ["index.ts", "runbooks/cache.md"], dryRun: true });
    expect(dry.stdout).toContain("Would overwrite  index.ts");
    expect(dry.stdout).toContain("Would keep  package.json");
    expect(dry.stdout).toContain("Unchanged  Pulumi.yaml");
    expect(readFileSync(join(folder, "index.ts"), "utf8")).toBe("theirs\n");
    const { stdout } = await begin({ ...answers, overwrite: ["index.ts", "runbooks/cache.md"] });
    expect(stdout).toContain("Written: 2 files.");
    expect(stdout).toContain("Overwritten  index.ts");
    expect(readFileSync(join(folder, "runbooks/cache.md"), "utf8")).toBe(page);
    expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("theirs\n");
    const { status, stderr } = await begin({ ...answers, overwrite: ["index.tsx"] });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'error: --overwrite index.tsx: init writes no such file; did you mean "index.ts"?\n',
    });
  });

  it("writes nothing where a folder or a file stands in the way", async () => {
    mkdirSync(join(folder, "Pulumi.yaml"));
    expect(await begin(answers)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("Pulumi.yaml cannot be read (EISDIR)"),
    });
    rmSync(join(folder, "Pulumi.yaml"), { recursive: true });
    symlinkSync("nowhere", join(folder, "Pulumi.yaml"));
    expect(await begin(answers)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^error: Pulumi\.yaml has come to be there meanwhile, or is a link/),
    });
    rmSync(join(folder, "Pulumi.yaml"));
    write("docs", "a file\n");
    expect(await begin(answers)).toMatchObject({ status: 2, stderr: expect.stringContaining("docs") });
    expect(readdirSync(folder)).toEqual(["docs"]);
  });
});
