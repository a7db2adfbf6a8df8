import { readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readStatement } from "../../../readiness/proofs/evidence/statement.ts";
import { fixture } from "../proofs/evidence/formats/support.ts";
import { App } from "./app.ts";

/** A second later each time. */
function ticking() {
  let now = Date.parse("2026-03-02T09:00:00Z");
  return () => {
    now += 1000;
    return new Date(now);
  };
}

const node = (script: string) => [process.execPath, "-e", script];

function predicateOf(path: string | undefined) {
  const statement = readStatement(readFileSync(path ?? ""));
  if ("problem" in statement) throw new Error(statement.problem);
  return statement.predicate;
}

describe("run", () => {
  it("streams what the command prints, and hands in how it ended", async () => {
    const app = new App();
    const { status, lines } = await app.run(
      { item: "PRE-03", command: node("console.log('build done')") },
      ticking(),
    );
    expect(status).toBe(0);
    expect(lines[0]).toBe("build done");
    expect(lines[2]).toBe(`✓ PRE-03 build: ${process.execPath}`);
    const { runs, startedAt, finishedAt } = predicateOf(lines[1]);
    expect([startedAt, finishedAt]).toEqual(["2026-03-02T09:00:01.000Z", "2026-03-02T09:00:02.000Z"]);
    expect(runs).toMatchObject([
      {
        format: "command",
        exitCode: 0,
        summary: { kind: "command", exitCode: 0, seconds: 1 },
        files: [{ path: "command.json" }, { path: "command.log", bytes: 11 }],
      },
    ]);
  });

  it.each([
    ["a failure", "process.exit(3) // build", 3],
    ["a signal", "process.kill(process.pid, 'SIGKILL') // build", 137],
  ])("tells %s", async (_, script, code) => {
    const { status, lines } = await new App().run({ item: "PRE-03", command: node(script) }, ticking());
    expect(status).toBe(1);
    expect(lines.at(-1)).toMatch(new RegExp(`ended with ${code}, must be 0$`));
  });

  it("reads what the command wrote to a file", async () => {
    const app = new App();
    const report = { format: "command-1.0", command: "inner build", exitCode: 0 };
    const times = { startedAt: "2026-03-02T09:00:01Z", finishedAt: "2026-03-02T09:00:02Z", commit: null };
    const script = `fs.writeFileSync("out.json", ${JSON.stringify(JSON.stringify({ ...report, ...times }))}) // build`;
    const options = { item: "PRE-03", command: node(script), format: "command", file: ["out.json"] };
    const { lines } = await app.run(options, ticking());
    expect(predicateOf(lines[0]).runs.map(({ files }) => files[0]?.path)).toEqual([
      "command.json",
      "out.json",
    ]);
  });

  it.each([
    [
      "a command that there is not",
      { command: ["/nowhere/build"] },
      /^\/nowhere\/build cannot be started: .*ENOENT/,
    ],
    [
      "a command that changes a file",
      { command: node("fs.writeFileSync('examples/app/src/a.ts', 'build')") },
      /a\.ts differs from the commit/,
    ],
    [
      "a command that leaves a file",
      { command: node("fs.writeFileSync('x', 'build')") },
      /x is not tracked by git/,
    ],
    ["a file without its format", { command: node("'build'"), file: ["x"] }, /^--file needs --format/],
    [
      "output that is no such format",
      { command: node("console.log('build')"), format: "vitest-json" },
      /^stdout: it is not JSON/,
    ],
  ])("refuses %s", async (_, options, message) => {
    await expect(new App().run({ item: "PRE-03", ...options }, ticking())).rejects.toThrow(message);
  });

  it("refuses a file that is older than the run", async () => {
    const app = new App();
    utimesSync(app.write("out/old.json", "{}"), new Date(0), new Date(0));
    const options = { item: "PRE-03", command: node("'build'"), format: "command", file: ["out/old.json"] };
    await expect(app.run(options, ticking())).rejects.toThrow(
      /^out\/old\.json was not written by this run: it is of 1970/,
    );
  });

  it("takes an audit of the commit's own lockfile, and refuses that of another project", async () => {
    const app = new App({ "app/package-lock.json": "{}", ".gitignore": "out/\n" });
    const clock = ticking();
    const foreign = Buffer.from(fixture("osv/good.json").bytes).toString();
    const audited = (path: string) => {
      const report = app.write("out/osv.json", foreign.replace(/\/tmp\/[^"]*package-lock\.json/, path));
      return app.run({ item: "PRE-05", format: "osv", command: ["cat", report] }, clock);
    };
    for (const own of ["app/package-lock.json", join(app.folder, "app/package-lock.json")]) {
      expect((await audited(own)).status).toBe(0);
    }
    app.write("out/package-lock.json", "{}");
    for (const other of ["/tmp/shop/package-lock.json", "out/package-lock.json", "../package-lock.json"]) {
      await expect(audited(other)).rejects.toThrow(
        `what was audited is ${other}, must be a lockfile of the commit: run it in ${app.folder}`,
      );
    }
  });

  it("refuses a command that checks another commit out", async () => {
    const app = new App();
    app.git("commit", "-q", "--allow-empty", "-m", "Another");
    const command = ["git", "-c", "advice.detachedHead=false", "checkout", "-q", "HEAD~1"];
    await expect(app.run({ item: "PRE-03", command }, ticking())).rejects.toThrow(
      /^the command checked out [0-9a-f]{40}/,
    );
  });
});
