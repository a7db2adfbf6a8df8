import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { bundlePack } from "../../../tools/policy-pack/bundle.ts";
import { Analyzer } from "../../policies/support/analyzer.ts";
import { fixtureStacks } from "../../policies/support/fixture-stacks.ts";

const project = join(import.meta.dirname, "../../..");
let above: string;
let folder: string;
beforeAll(async () => {
  above = mkdtempSync(join(tmpdir(), "readiness-pack-"));
  // Its dependencies, as npm install would bring them; nothing else of the project is near.
  mkdirSync(join(above, "node_modules"));
  symlinkSync(join(project, "node_modules/@pulumi"), join(above, "node_modules/@pulumi"));
  folder = join(above, "pack");
  await bundlePack(folder);
});
afterAll(() => rmSync(above, { recursive: true }));

async function said(
  pack: string,
  stack: "prod" | "staging",
  preview: boolean,
  resources: readonly Registration[],
): Promise<readonly string[]> {
  const analyzer = await Analyzer.start(pack, { stack, preview });
  try {
    const found = [];
    for (const r of resources) found.push(...(await analyzer.analyze(r, resources)));
    found.push(...(await analyzer.analyzeStack(resources)));
    return found.map(({ policy, level, message, urn }) => `${policy} ${level} ${urn} ${message}`);
  } finally {
    await analyzer.stop();
  }
}

/** One zone, no backups, no monitors. */
function broken(resources: readonly Registration[]): readonly Registration[] {
  return resources
    .filter(({ type }) => type !== "datadog:index/monitor:Monitor")
    .map((r) =>
      r.type === "aws:rds/instance:Instance"
        ? { ...r, props: { ...r.props, multiAz: false, backupRetentionPeriod: 0 } }
        : r,
    );
}

describe("the bundled pack", () => {
  it("is what pulumi policy publish takes, and needs what it says alone", () => {
    expect(readdirSync(folder).sort()).toEqual(["LICENSE", "PulumiPolicy.yaml", "index.js", "package.json"]);
    const { main, version, dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    expect({ main, version }).toEqual({
      main: "index.js",
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
    const code = readFileSync(join(folder, "index.js"), "utf8");
    const required = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = ""]) => name);
    const packages = required
      .filter((name) => !name.startsWith("node:"))
      .map((name) => name.split("/").slice(0, 2).join("/"));
    expect(new Set(packages)).toEqual(new Set(Object.keys(dependencies)));
    expect(code).not.toContain(project);
    expect(code).not.toContain("readiness/cli");
  });

  it.each(["prod", "staging"] as const)("finds in %s what the source finds", async (stack) => {
    const resources = broken(fixtureStacks[stack]);
    const source = join(project, "policies");
    const [bundled, own] = await Promise.all([
      said(folder, stack, true, resources),
      said(source, stack, true, resources),
    ]);
    expect(bundled.length).toBeGreaterThan(20);
    expect(bundled.some((line) => line.includes("[database-backups-retained]"))).toBe(true);
    expect(bundled).toEqual(own);
  });

  it("finds nothing in a stack that keeps the rules, and asks for no release", async () => {
    expect(await said(folder, "prod", true, fixtureStacks.prod)).toEqual([]);
    const root = fixtureStacks.prod.filter(({ type }) => type === "pulumi:pulumi:Stack");
    const updated = await said(folder, "prod", false, root);
    expect(updated.filter((line) => /verdict|readiness could not be computed/.test(line))).toEqual([]);
  });
});

describe("npm run policies:bundle", () => {
  const write = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(project, "tools/policy-pack/write.ts"), ...args], { encoding: "utf8" });

  it("says what to do next, and writes over a pack of before", () => {
    for (const _ of ["new", "again"]) {
      const { status, stdout } = write(join(above, "written"));
      expect({ status, stdout }).toEqual({
        status: 0,
        stdout: expect.stringContaining("pulumi policy publish"),
      });
    }
    expect(readdirSync(join(above, "written"))).toContain("index.js");
  });

  it("refuses no folder, two, and one that holds something else", () => {
    const other = join(above, "other");
    mkdirSync(other);
    writeFileSync(join(other, "thesis.tex"), "");
    for (const args of [[], ["a", "b"], [other]]) {
      const { status, stderr } = write(...args);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^error: .+\n$/);
    }
    expect(readdirSync(other)).toEqual(["thesis.tex"]);
  });
});
