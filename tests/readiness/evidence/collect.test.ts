import { mkdtempSync, readdirSync, readFileSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { vitestJson } from "../../../readiness/proofs/evidence/formats/tests/vitest-json.ts";
import { namespace } from "../../../readiness/proofs/evidence/signature.ts";
import { readStatement } from "../../../readiness/proofs/evidence/statement.ts";
import { verifySshSignature } from "../../../readiness/proofs/signatures/sshsig.ts";
import { fixture, reading } from "../proofs/evidence/formats/support.ts";
import { release, Shelf, spec } from "../proofs/evidence/shelf.ts";
import { OpenSsh } from "../proofs/signing.ts";
import { App } from "./app.ts";

const report = fixture("vitest/good.json");
const { finishedAt, measure } = reading(vitestJson, report);
/** A minute after the fixture's run. */
const clock = () => new Date(Date.parse(finishedAt ?? "") + 60_000);
const unit = { suite: "unit", format: ["vitest-json"], exitCode: [0] } as const;

function handedIn() {
  const app = new App();
  const file = app.write("out/unit.json", report.bytes);
  return { app, file };
}

describe("collect", () => {
  it("writes a statement with its raw files, and says what it proves", async () => {
    const { app, file } = handedIn();
    const { status, lines } = await app.collect({ ...unit, files: [file] }, clock);
    expect(status).toBe(0);
    const commit = app.git("rev-parse", "HEAD");
    const [path = "", mark] = lines;
    expect(path.startsWith(join(app.folder, "out/evidence/portal", commit, "PRE-01.unit."))).toBe(true);
    expect(mark).toMatch(/^✓ PRE-01 unit tests: vitest/);
    const statement = readStatement(readFileSync(path));
    if ("problem" in statement) throw new Error(statement.problem);
    expect(statement.subject).toEqual([{ name: "example/portal/portal", digest: { gitCommit: commit } }]);
    const { predicate } = statement;
    expect(predicate).toMatchObject({
      environment: "ci",
      suite: "unit",
      authors: ["amara.okafor@example.com"],
      finishedAt,
    });
    expect(predicate.runs).toMatchObject([{ format: "vitest-json", exitCode: 0, summary: measure }]);
    const [raw] = predicate.runs[0]?.files ?? [];
    expect(raw).toMatchObject({ path: "out/unit.json", bytes: report.bytes.length });
    const kept = join(path, "..", "raw", raw?.sha256 ?? "");
    expect(new Uint8Array(readFileSync(kept))).toEqual(new Uint8Array(report.bytes));
  });

  it("writes what the gate takes, signed", async () => {
    const { app, file } = handedIn();
    const ssh = new OpenSsh(mkdtempSync(join(tmpdir(), "signing-")));
    const key = ssh.makeKey("ci");
    const { lines } = await app.collect({ ...unit, files: [file], sign: key }, clock);
    const [path = ""] = lines;
    const signature = readFileSync(`${path}.sig`, "utf8");
    const by = verifySshSignature(readFileSync(path), signature, namespace);
    expect(by).toMatchObject({ fingerprint: ssh.fingerprint(key) });
    const [service] = Object.values(release.services);
    if (!service) throw new Error("the fixture has no service");
    const commit = app.git("rev-parse", "HEAD");
    const publicKey = ssh.publicLine(key).split(" ").slice(0, 2).join(" ");
    const findings = await new Shelf().judge({
      spec,
      release: { ...release, services: { portal: { ...service, commit } } },
      directory: join(app.folder, "out/evidence"),
      signers: { people: [], evidence: [{ service: "portal", key: publicKey, from: "2020-01-01" }] },
      now: clock(),
      formats: new Map([["vitest-json", vitestJson]]),
    });
    expect(findings.map(({ outcome, subject }) => [outcome, subject])).toEqual([
      ["pass", relative(join(app.folder, "out"), path)],
      ["fail", "portal"],
    ]);
  });

  it("leaves out what there is already: the same file is there once, no statement is overwritten", async () => {
    const { app, file } = handedIn();
    const first = await app.collect({ ...unit, files: [file] }, clock);
    const [path = ""] = first.lines;
    const before = statSync(path).mtimeMs;
    await expect(app.collect({ ...unit, files: [file] }, clock)).rejects.toThrow(/EEXIST/);
    expect(statSync(path).mtimeMs).toBe(before);
    await app.collect({ ...unit, files: [file] }, () => new Date(clock().getTime() + 1));
    const names = readdirSync(join(path, ".."));
    expect(names.filter((name) => name.endsWith(".json"))).toHaveLength(2);
    expect(names.filter((name) => name.includes("tmp"))).toEqual([]);
    expect(readdirSync(join(path, "../raw"))).toHaveLength(1);
  });

  it("hands a failure in, which counts more than an older success", async () => {
    const { app } = handedIn();
    const failing = fixture("vitest/failing.json");
    const file = app.write("out/unit.json", failing.bytes);
    const { finishedAt: end } = reading(vitestJson, failing);
    const later = () => new Date(Date.parse(end ?? "") + 1000);
    const { status, lines } = await app.collect({ ...unit, exitCode: [1], files: [file] }, later);
    expect(status).toBe(1);
    expect(lines[1]).toMatch(/^✗ PRE-01 unit tests: \d+ tests? failed, must be none$/);
  });

  it.each([
    ["only", /^✗ PRE-01 unit tests: the run was narrowed by .*`\.only`/],
    ["name-filter", /^✗ PRE-01 unit tests: the run was narrowed by .*a name filter/],
    ["flaky", /^✗ PRE-01 unit tests: 1 test passed only after a retry/],
  ])("says why what looks green proves nothing: %s", async (name, said) => {
    const { app } = handedIn();
    const run = fixture(`vitest/${name}.json`);
    const later = () => new Date(Date.parse(reading(vitestJson, run).finishedAt ?? "") + 1000);
    const files = [app.write("out/unit.json", run.bytes)];
    const { status, lines } = await app.collect({ ...unit, files }, later);
    expect(status).toBe(1);
    expect(lines[1]).toMatch(said);
  });

  it("names the item by the suite where one alone fits", async () => {
    const { app, file } = handedIn();
    const to = { environment: "staging", deployment: "dpl_1" } as const;
    const { lines } = await app.collect({ ...unit, ...to, suite: "smoke", files: [file] }, clock);
    expect(basename(lines[0] ?? "")).toMatch(/^PRE-15\.smoke\./);
  });
});

const held = `severity: SEV1
startedAt: 2026-01-05T09:00:00Z
endedAt: 2026-01-05T09:30:00Z
paged:
  - { person: amara, pagedAt: 2026-01-05T09:00:00Z, answeredAt: 2026-01-05T09:03:00Z }
`;

describe("collect refuses", () => {
  let one: ReturnType<typeof handedIn> | undefined;
  /** Of what is refused before anything is written, one will do. */
  const shared = () => {
    one ??= handedIn();
    return one;
  };

  it("a changed file, naming it and how many more there are", async () => {
    const { app, file } = handedIn();
    app.write("examples/app/src/a.ts", "changed");
    app.write("other.txt", "");
    await expect(app.collect({ ...unit, files: [file] }, clock)).rejects.toThrow(
      "the tree must be clean, and examples/app/src/a.ts differs from the commit, and 1 more: commit it, remove it",
    );
  });

  it("a file that git does not track, but for what is handed in and where it goes", async () => {
    const { app } = handedIn();
    const files = [app.write("unit.json", report.bytes)];
    const out = join(app.folder, "evidence");
    expect((await app.collect({ ...unit, files, out }, clock)).status).toBe(0);
    app.write("src/b.ts", "");
    await expect(app.collect({ ...unit, files, out }, clock)).rejects.toThrow(
      "src/b.ts is not tracked by git",
    );
  });

  it("what is of the whole stack for a service, and the other way round", async () => {
    const { app, file } = handedIn();
    const drill = {
      item: "INC-03",
      format: ["drill"],
      environment: "prod",
      files: [app.write("out/drill", held)],
    };
    await expect(app.collect(drill, clock)).rejects.toThrow(
      "--service portal: INC-03 must be of platform, since the whole stack has one",
    );
    const tests = { ...unit, service: "platform", files: [file] };
    await expect(app.collect(tests, clock)).rejects.toThrow(
      "--service platform: PRE-01 must be of a service, since each has its own",
    );
  });

  it("a folder without a commit", async () => {
    const { app, file } = handedIn();
    await expect(app.collect({ ...unit, files: [file], source: "/" }, clock)).rejects.toThrow(
      "--source /: not a git repository, or one without a commit",
    );
    expect(app.git("status", "--porcelain")).toBe("");
  });

  it("a report from before the commit", async () => {
    const { app, file } = handedIn();
    utimesSync(file, new Date(0), new Date(0));
    await expect(app.collect({ ...unit, files: [file] }, clock)).rejects.toThrow(
      /before the commit itself: run/,
    );
  });

  it("the coverage of an earlier run, which stays where tests fail", async () => {
    const { app } = handedIn();
    const file = app.write("out/coverage.json", fixture("coverage/good-final.json").bytes);
    utimesSync(file, new Date(0), new Date(0));
    const options = { item: "PRE-02", format: ["istanbul"], exitCode: [0], files: [file] };
    await expect(app.collect(options, clock)).rejects.toThrow(
      /coverage\.json was written at 1970-.*, before the commit itself: run istanbul's tool again/,
    );
  });

  it.each([
    ["nothing", "", "out/unit.json: it is empty: the tool wrote no result, run it again"],
    ["a page", "<html>", /^out\/unit\.json: it is an HTML page/],
    ["no tests", fixture("vitest/no-tests.json").bytes, /^out\/unit\.json: /],
  ])("%s", async (_, content, message) => {
    const { app, file } = shared();
    app.write("out/unit.json", content);
    await expect(app.collect({ ...unit, files: [file] }, clock)).rejects.toThrow(message);
    expect(readdirSync(join(app.folder, "out"))).toEqual(["unit.json"]);
    app.write("out/unit.json", report.bytes);
  });

  it("a file that is not there", async () => {
    const { app } = handedIn();
    await expect(app.collect({ ...unit, files: [join(app.folder, "x")] }, clock)).rejects.toThrow(/ENOENT/);
  });

  it.each([
    ["a service", { service: "portl" }, /--service portl: prod has no such service, .*did you mean "portal"/],
    ["an item", { item: "PRE-1" }, /--item PRE-1: no evidence proves it/],
    ["an item that people sign", { item: "GO-01" }, /--item GO-01: no evidence proves it/],
    ["an item of something else", { item: "PRE-02" }, /PRE-02 needs something else: coverage/],
    ["a suite", { suite: "uint" }, /--suite uint: must be one of unit, .*did you mean "unit"/],
    ["no suite", { suite: undefined }, /--item is missing, must be one of/],
    ["an environment", { environment: "production" }, /--environment production: must be one of/],
    ["an environment that does not count", { environment: "prod" }, /PRE-01 must be of ci or staging/],
    [
      "staging without a deployment",
      { environment: "staging" },
      /does not say which deployment was measured/,
    ],
    ["a format", { format: ["vitest"] }, /--format vitest: must be one of .*/],
    ["no format", { format: [] }, /--format is missing/],
    [
      "two formats for one file",
      { format: ["vitest-json", "junit"] },
      /--format is given 2 times for 1 files/,
    ],
    ["a shard", { shard: ["4/3"] }, /--shard 4\/3: must be a part/],
    ["a schema", { schema: ["nowhere"] }, /--schema nowhere: git tracks no file there/],
    ["a key", { sign: "/nowhere/key" }, /--sign \/nowhere\/key: ssh-keygen says: /],
    ["a stack", { stack: "prd" }, /no such file/],
  ])("%s that there is not", async (_, over, message) => {
    const { app, file } = shared();
    await expect(app.collect({ ...unit, files: [file], ...(over as object) }, clock)).rejects.toThrow(
      message,
    );
  });

  it("a folder that it cannot write to, since it is a file", async () => {
    const { app, file } = handedIn();
    const blocked = app.write("taken", "");
    await expect(app.collect({ ...unit, files: [file], out: blocked }, clock)).rejects.toThrow(/taken/);
  });
});

describe("authors and schema", () => {
  it("are those of the commits since what is deployed", async () => {
    const { app } = handedIn();
    const deployed = app.git("rev-parse", "HEAD");
    app.write("examples/app/src/b.ts", "");
    app.git("add", "-A");
    const author = "Mei <mei.tanaka@example.com>";
    app.git("commit", "-q", "-m", "B", "--author", author);
    app.write("db/1.sql", "create table t ()");
    app.commit();
    const file = app.write("out/unit.json", report.bytes);
    const predicateOf = async (since: string | undefined, ms: number) => {
      const options = { ...unit, files: [file], schema: ["db"], ...(since && { since }) };
      const { lines } = await app.collect(options, () => new Date(clock().getTime() + ms));
      const statement = readStatement(readFileSync(lines[0] ?? ""));
      if ("problem" in statement) throw new Error(statement.problem);
      return statement.predicate;
    };
    const alone = await predicateOf(undefined, 0);
    expect(alone.authors).toEqual(["amara.okafor@example.com"]);
    const all = await predicateOf(deployed, 1);
    expect(all.authors).toEqual(["amara.okafor@example.com", "mei.tanaka@example.com"]);
    expect(all.schema).toMatch(/^[0-9a-f]{64}$/);
    expect(all.schema).toBe(alone.schema);
    app.write("db/1.sql", "create table t (id int)");
    app.commit();
    expect((await predicateOf(deployed, 2)).schema).not.toBe(all.schema);
  });
});
