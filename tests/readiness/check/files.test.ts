import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text as streamText } from "node:stream/consumers";
import { beforeAll, describe, expect, it } from "vitest";
import { makeProject, project, type RunOptions, run } from "../project.ts";
import { declaresNothing, reportIn, temporary } from "./support.ts";

let bare: string;
beforeAll(() => {
  bare = makeProject(declaresNothing);
  return () => rmSync(bare, { recursive: true });
});

describe("files", () => {
  const json = (out: string, options: RunOptions = { cwd: bare }) =>
    run(["check", "--stack", "prod", "--format", "json", "--out", out], options);

  it("are written by nobody who did not ask", async () => {
    const before = readdirSync(bare);
    await run(["check"], { cwd: bare });
    expect(readdirSync(bare)).toEqual(before);
  });

  it("hold the report that --out asks for, replacing an older one", async () => {
    const cwd = temporary("");
    writeFileSync(join(cwd, "report.json"), "old");
    symlinkSync("report.json", join(cwd, "link.json"));
    const before = readdirSync(cwd);
    const { status, stdout } = await json("link.json", { cwd });
    expect(stdout).toMatch(/^prod: NO-GO, .*\n$/);
    expect(status).toBe(1);
    expect(readdirSync(cwd)).toEqual(before);
    reportIn({ stdout: readFileSync(join(cwd, "report.json"), "utf8") });
  });

  it("may be several, in a format each, beside a report on standard output", async () => {
    const cwd = temporary("");
    const markdown = ["--format", "markdown", "--out", "report.md"];
    const sarif = ["--format", "sarif", "--out", "report.sarif"];
    const { status, stdout } = await run(
      ["check", "--stack", "prod", ...markdown, ...sarif, "--format", "json"],
      {
        cwd,
      },
    );
    reportIn({ stdout });
    expect(readFileSync(join(cwd, "report.md"), "utf8")).toMatch(/^## ❌ NO-GO: prod, /);
    expect(JSON.parse(readFileSync(join(cwd, "report.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
    expect(status).toBe(1);
  });

  it("may be a pipe, which stays one", async () => {
    const pipe = join(temporary(""), "pipe");
    execFileSync("mkfifo", [pipe]);
    const reader = spawn("cat", [pipe]);
    const text = streamText(reader.stdout);
    await json(pipe);
    reader.kill();
    expect(await text).toContain('"schemaVersion"');
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  it.each([
    ["missing/report.json", /there is no folder missing/],
    ["folder", /is a folder/],
    ["package.json/report.json", /there is no folder package\.json/],
  ])("%s cannot be written: exit 2 before any work", async (out, message) => {
    mkdirSync(join(bare, "folder"), { recursive: true });
    const { status, stdout, stderr } = await json(out);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  it("are left alone in this project", () => {
    expect(readdirSync(project).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});
