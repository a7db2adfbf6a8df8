import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import packageJson from "../package.json" with { type: "json" };

const project = join(import.meta.dirname, "..");
const scripts = Object.entries(packageJson.scripts).filter(([, command]) => command.startsWith("node "));

function node(args: readonly string[], cwd = project) {
  return spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
}

/** As a Node.js does that cannot read TypeScript. */
const old = "--no-strip-types";

it.each([
  ...scripts.map(([name, command]) => [`npm run ${name}`, command.split(" ").slice(1)] as const),
  ["a preview", ["--import", "./readiness/engine/program-start.mjs", "-e", "0"]] as const,
  ["the policy pack", ["policies/index.cjs"]] as const,
  ["the command", [packageJson.bin.readiness, "check"]] as const,
])("%s says in one line which Node.js it needs", (_, args) => {
  const { status, stdout, stderr } = node([old, ...args]);
  expect(stderr).toMatch(/^error: found Node\.js [\d.]+, must be >=22\.18 .*`npm ci`.*\n$/);
  expect(stdout).toBe("");
  expect(status).toBe(2);
});

it("every way in says in one line that nothing is installed", () => {
  const folder = mkdtempSync(join(tmpdir(), "not-installed-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const file of ["supported-node.cjs", "package.json"]) cpSync(join(project, file), join(folder, file));
  const { status, stderr } = node(["supported-node.cjs"], folder);
  expect(stderr).toBe("error: the dependencies are not installed: run `npm ci`\n");
  expect(status).toBe(2);
});

it("the command runs where Node.js can", () => {
  const { status, stdout, stderr } = node([packageJson.bin.readiness, "--help"]);
  expect(stdout).toMatch(/^Usage: readiness /);
  expect(stderr).toBe("");
  expect(status).toBe(0);
});
