import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it, onTestFinished } from "vitest";
import { runCommand } from "../../../readiness/run-command.ts";
import schema from "../../../readiness/stacks/report.schema.json" with { type: "json" };
import { type StacksOptions, stacks } from "../../../readiness/stacks/stacks.ts";
import { canary, exported } from "../exports.ts";
import { inProcess } from "../in-process.ts";
import { fixtures, run } from "../project.ts";
import { backendFiles, checkpointOf, folderOf, stateOf } from "./backend.ts";

const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

type Files = Parameters<typeof folderOf>[0];

function made(files: Files): string {
  const folder = folderOf(files);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** `check` of many stacks in a folder that is no project. */
function checked(options: Partial<StacksOptions>, projectDir = "/") {
  const outputs = [{ format: "json", out: undefined }] as const;
  const given = {
    state: [],
    backend: undefined,
    stack: [],
    purpose: undefined,
    outputs,
    quiet: false,
  };
  return inProcess(() => runCommand(() => stacks({ ...given, conditional: false, ...options }, projectDir)));
}

async function tableOf(...asked: Parameters<typeof checked>) {
  const result = await checked(...asked);
  const table = JSON.parse(result.stdout);
  valid(table);
  expect(valid.errors).toBeNull();
  return { ...result, table };
}

const text = [{ format: "text", out: undefined }] as const;

describe("check of a backend", () => {
  it("has a row for each stack, with the reason where it cannot be judged", async () => {
    const folder = made(backendFiles);
    const { status, stderr, table } = await tableOf({ backend: `file://${folder}` });
    expect(table).toMatchObject({
      purpose: "change",
      source: `file://${folder}`,
      counts: { "NO-GO": 2, "not judged": 3, GO: 0 },
      failsMost: expect.arrayContaining([expect.objectContaining({ stacks: 2 })]),
    });
    const rows = new Map(table.stacks.map((row: { file: string }) => [row.file, row]));
    const at = (path: string) => rows.get(`.pulumi/stacks/${path}`);
    expect(at("shop/prod.json")).toMatchObject({
      project: "shop",
      stack: "prod",
      tier: "production",
      verdict: "NO-GO",
      reason: null,
      updated: "2026-03-02T09:20:30.123Z",
      locks: [{ by: "mei@laptop", since: "2026-03-02T08:20:30.123Z" }],
      resources: 1,
      worst: expect.arrayContaining([expect.objectContaining({ standing: "failing" })]),
    });
    expect(at("shop/dev.json.gz")).toMatchObject({ tier: "staging", verdict: "NO-GO", locks: [] });
    expect(at("billing/prod.json")).toMatchObject({
      project: "billing",
      stack: "prod",
      verdict: null,
      reason: "it ends in the middle; must be what `pulumi stack export` writes",
    });
    expect(at("new/dev.json")).toMatchObject({ verdict: null, reason: "nothing is deployed" });
    expect(at("left.json")).toMatchObject({ verdict: null, reason: expect.stringContaining("upgrade") });
    expect(rows.size).toBe(5);
    expect([status, stderr]).toEqual([1, ""]);
  });

  it("tells the same as text and as a page, and no secret anywhere", async () => {
    const backend = `file://${made(backendFiles)}`;
    const [told, page] = await Promise.all([
      run(["check", "--backend", backend]),
      run(["check", "--backend", backend, "--format", "html"]),
    ]);
    expect(told.stdout).toMatch(
      /\n {2}NO-GO +\d+ d {2}shop\/prod {3,}[A-Z]+-\d+; locked by mei@laptop since\s/,
    );
    expect(told.stdout).toMatch(/\n {2}– +– {2}new\/dev +nothing is deployed\n/);
    expect(told.stdout).toMatch(/\nWhat fails in most of them\n {2}[A-Z]+-\d+ +2 {2}\S/);
    expect(told.stdout).toMatch(/\n5 stacks: 2 NO-GO, 3 not judged\n$/);
    expect(page.stdout).toContain("<title>5 stacks: 2 NO-GO, 3 not judged</title>");
    expect(page.stdout).toContain("shop/<wbr/>prod");
    expect(page.stdout).not.toMatch(/<script|undefined|NaN/);
    const all = told.stdout + told.stderr + page.stdout + page.stderr;
    expect(all).not.toContain(canary);
    expect([told.status, told.stderr]).toEqual([1, ""]);
  });

  it("judges a state as `check --state` does, for its own project too", async () => {
    const folder = made({ "prod.json": stateOf("readiness", "prod") });
    const { table } = await tableOf({ state: [folder] }, fixtures);
    const state = ["check", "--state", join(folder, "prod.json"), "--for", "change", "--format", "json"];
    const alone = JSON.parse((await run(state)).stdout);
    const [{ verdict, required, standings }] = alone.overview;
    expect(table.stacks).toMatchObject([{ project: "readiness", verdict, required, standings }]);
  });
});

describe("check of a folder", () => {
  it("is undetermined where nothing in it is a state", async () => {
    const folder = made({ "package.json": { name: "x" }, "empty.json": exported([]), "list.json": "[]" });
    const { status, table } = await tableOf({ state: [folder] });
    expect(table.stacks).toMatchObject([
      { file: "empty.json", stack: null, verdict: null, reason: "nothing is deployed" },
      { file: "list.json", reason: "found a list, must be a map; must be what `pulumi stack export` writes" },
      { file: "package.json", reason: expect.stringMatching(/^version: found nothing, must be 3 or 4/) },
    ]);
    expect(status).toBe(3);
  });

  it("names a state that lies in another stack's place", async () => {
    const folder = made({ ".pulumi/stacks/shop/prod.json": checkpointOf("shop", "dev") });
    const { table } = await tableOf({ state: [folder] });
    const reason = "it is the state of shop/dev, must be of shop/prod as its place says";
    expect(table.stacks).toMatchObject([{ project: "shop", stack: "prod", verdict: null, reason }]);
  });

  it("is not kept waiting by a pipe, nor led in circles by a link", async () => {
    const folder = made({ "a/prod.json": stateOf("shop", "prod") });
    execFileSync("mkfifo", [join(folder, "pipe.json")]);
    symlinkSync(folder, join(folder, "a/again"));
    symlinkSync(join(folder, "gone"), join(folder, "dangling.json"));
    const { table } = await tableOf({ state: [folder] });
    expect(table.stacks).toMatchObject([
      { file: "a/prod.json", verdict: "NO-GO" },
      { file: "dangling.json", verdict: null, reason: "it is there no more" },
    ]);
  });

  it("shows the stacks that are named, and with --quiet what is not GO", async () => {
    const folder = made({ "prod.json": stateOf("shop", "prod"), "dev.json": stateOf("shop", "dev") });
    const { table } = await tableOf({ state: [folder], stack: ["dev"] });
    expect(table.stacks).toMatchObject([{ stack: "dev" }]);
    const quiet = await checked({ state: [folder], quiet: true, outputs: text });
    expect(quiet.stdout).toMatch(/shop\/prod/);
    const none = await checked({ state: [folder], stack: ["prdo"] });
    expect(none).toMatchObject({ status: 2, stdout: "" });
    expect(none.stderr).toMatch(/has no state of the stack prdo\n$/);
  });

  it("writes to files, and says nothing", async () => {
    const folder = made({ "prod.json": stateOf("shop", "prod") });
    const out = join(made({}), "table.html");
    const { status, stdout } = await checked({ state: [folder], outputs: [{ format: "html", out }] });
    expect([status, stdout]).toEqual([1, ""]);
    expect(readFileSync(out, "utf8")).toMatch(/^<!doctype html>/);
  });

  it.each<[Partial<StacksOptions>, Files, string]>([
    [{}, {}, "has no states, must have *.json of Pulumi's"],
    [{ since: "before.json" }, {}, "--since is of one stack"],
    [{ conditional: true }, {}, "--conditional is of waivers"],
    [{ outputs: [{ format: "sarif", out: undefined }] }, {}, "a table of many comes as text, html, json"],
  ])("%j exits 2 with one line", async (options, files, message) => {
    const { status, stdout, stderr } = await checked({ state: [made(files)], ...options });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect([status, stdout]).toEqual([2, ""]);
  });
});
