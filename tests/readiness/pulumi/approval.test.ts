import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assertCommit, assertConsent } from "../../../readiness/pulumi/approval.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";
const prod = { stack: "prod", tier: "production", terminal: false, ci: true } as const;
const staging = { stack: "staging", tier: "staging", terminal: false, ci: false } as const;

describe("consent", () => {
  it("is asked for on a terminal", () => {
    const nobodyYet = { yes: false, commit: undefined };
    expect(() => assertConsent(nobodyYet, { ...prod, terminal: true })).not.toThrow();
    expect(() => assertConsent(nobodyYet, prod)).toThrow(/nobody to ask/);
  });

  it("can be given in advance for staging", () => {
    expect(() => assertConsent({ yes: true, commit: undefined }, staging)).not.toThrow();
  });

  it("can be given in advance for production in CI alone, and for one commit alone", () => {
    expect(() => assertConsent({ yes: true, commit }, prod)).not.toThrow();
    expect(() => assertConsent({ yes: true, commit: undefined }, prod)).toThrow(/--commit <sha>/);
    expect(() => assertConsent({ yes: true, commit }, { ...prod, ci: false })).toThrow(/--commit <sha>/);
    expect(() => assertConsent({ yes: true, commit }, { ...prod, ci: false, terminal: true })).toThrow();
  });
});

describe("the approved commit", () => {
  let folder: string;
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
      cwd: folder,
      encoding: "utf8",
    }).trim();
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "readiness-commit-"));
    git("init", "--quiet");
    writeFileSync(join(folder, "index.ts"), "1");
    git("add", "index.ts");
    git("commit", "--quiet", "--message", "Everything");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is the one that is checked out", async () => {
    const head = git("rev-parse", "HEAD");
    await expect(assertCommit(head, folder)).resolves.toBeUndefined();
    await expect(assertCommit(commit, folder)).rejects.toThrow(`checked out is ${head}`);
    await expect(assertCommit(head.slice(0, 7), folder)).rejects.toThrow(`checked out is ${head}`);
  });

  it("is deployed as it was approved", async () => {
    const head = git("rev-parse", "HEAD");
    writeFileSync(join(folder, "report.json"), "what no commit has cannot differ from it");
    await expect(assertCommit(head, folder)).resolves.toBeUndefined();
    writeFileSync(join(folder, "index.ts"), "2");
    await expect(assertCommit(head, folder)).rejects.toThrow("index.ts differs from the commit");
  });

  it("needs a repository", async () => {
    await expect(assertCommit(commit, tmpdir())).rejects.toThrow(/not a git repository/);
  });
});
